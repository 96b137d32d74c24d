import Artifacts
import Digests
import Fixtures
import Pipelines
import Testing
import ToyStages

/// What happens to the store of a model beside runs: losses, damage, pins, collecting garbage.
extension ModelHistory {
  mutating func keepHouse(using random: inout SeededNumbers) throws {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: store = workshop.reopened()
    case 1: try evict(using: &random)
    case 2: try damageObject(using: &random)
    case 3: try damageRecord(using: &random)
    case 4: try pin(using: &random)
    case 5:
      guard let name = pinned.keys.sorted().randomElement(using: &random) else { return }
      try store.removePin(named: name)
      pinned[name] = nil
    default: try collectGarbage(using: &random)
    }
  }

  private mutating func evict(using random: inout SeededNumbers) throws {
    let evicted = present.sorted().filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
    let freed = try store.evict(evicted.map { BLAKE3.digest(of: $0) })
    #expect(freed == evicted.reduce(0) { $0 + $1.utf8.count })
    present.subtract(evicted)
  }

  /// Flips a bit of an object; checking all finds that.
  private mutating func damageObject(using random: inout SeededNumbers) throws {
    let full = present.filter { !$0.isEmpty }.sorted()
    guard let content = full.randomElement(using: &random) else { return }
    let digest = BLAKE3.digest(of: content)
    let name = "store/objects/\(digest.description.prefix(2))/\(digest.description.dropFirst(2))"
    var bytes = Array(content.utf8)
    bytes[Int.random(in: bytes.indices, using: &random)] ^= 1
    try workshop.folder.write(name, bytes: bytes)
    #expect(store.verifyAll().problems.contains(.damagedObject(digest)))
    present.remove(content)
    lost.insert(content)
  }

  private mutating func damageRecord(using random: inout SeededNumbers) throws {
    let known = recorded.sorted { $0.value < $1.value }
    guard let (identity, key) = known.randomElement(using: &random) else { return }
    let name = "store/keys/\(key.description.prefix(2))/\(key.description.dropFirst(2))"
    try workshop.folder.write(name, "record\t1\n")
    recorded[identity] = nil
    if Bool.random(using: &random) {
      #expect(store.verifyAll().problems.contains(.damagedRecord(key: key)))
    } else {
      #expect(try store.record(for: key) == nil)
    }
  }

  private mutating func pin(using random: inout SeededNumbers) throws {
    let known = recorded.sorted { $0.value < $1.value }
    guard let (identity, key) = known.randomElement(using: &random) else { return }
    let name = "pin\(Int.random(in: 0..<3, using: &random))"
    var pin = Pin(name: name, about: "a model's")
    pin.keys = [key]
    try pin.save(in: store)
    pinned[name] = identity
  }

  /// Collects garbage under a random policy: what is pinned stays whole, what the last run gave stays
  /// recorded.
  private mutating func collectGarbage(using random: inout SeededNumbers) throws {
    var policy = CollectionPolicy.strict
    policy.runCount = .random(in: 0...2, using: &random)
    policy.reasonSeconds = 0
    policy.removesRecords = Int.random(in: 0..<4, using: &random) > 0
    if Bool.random(using: &random) { policy.byteCount = .random(in: 0...40, using: &random) }
    _ = try CollectionPlan.carryOut(in: store, policy)
    let (before, bytesBefore) = (recorded, present)
    for (identity, key) in before where try store.storedRecord(key) == nil {
      recorded[identity] = nil
    }
    for content in bytesBefore where try store.byteCount(of: BLAKE3.digest(of: content)) == nil {
      present.remove(content)
    }
    for identity in lastResults where before[identity] != nil {
      #expect(recorded[identity] != nil, "\(identity) of the last run is gone")
    }
    for identity in pinned.values where before[identity] != nil {
      #expect(recorded[identity] != nil, "\(identity) is pinned and gone")
      #expect(present.isSuperset(of: bytesBefore.intersection(identity.outputs.values)))
    }
    if !policy.removesRecords { #expect(recorded.count == before.count) }
    expectSound()
  }
}
