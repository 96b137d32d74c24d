import Artifacts
import Diagnostics
import Digests

extension CollectionPlan {
  /// A record with the age of its file.
  private struct Found {
    let record: Record
    let age: Double
  }

  init(
    of store: ArtifactStore, _ policy: CollectionPolicy, use: StoreUse,
    current: [String: [Digest]], now: Int64
  ) throws(Diagnostic) {
    self.policy = policy
    let keptWork = try KeptWork(in: store, policy, use: use, current: current, now: now)
    func age(_ modified: Int64?) -> Double { modified.map { Double(now - $0) * 1e-9 } ?? 0 }

    var staying: [(found: Found, reason: KeepReason)] = []
    var going: [Found] = []
    for key in try store.recordKeys() {
      guard let record = try store.storedRecord(key) else { continue }
      let found = Found(record: record, age: age(try store.recordTime(key)))
      if let reason = keptWork.reason(for: found.record, age: found.age) {
        staying.append((found, reason))
      } else {
        going.append(found)
      }
    }

    var sizes: [Digest: Int] = [:]
    var ages: [Digest: Double] = [:]
    for file in try store.objectFiles() {
      sizes[file.object.digest] = file.object.byteCount
      ages[file.object.digest] = age(file.modified)
    }
    let named = Set(keptWork.objects.keys).union(
      staying.flatMap { $0.found.record.outputs.map(\.digest) }
    ).union(store.pieceObjects(of: Set(staying.map(\.found.record.key))))
    var taken: Set<Digest> = []
    removed = going.map { found in
      let outputs = found.record.outputs.filter { output in
        sizes[output.digest] != nil && !named.contains(output.digest)
          && taken.insert(output.digest).inserted
      }
      return keptWork.work(found.record, outputs, age: found.age)
    }
    if policy.removesRecords {
      unnamed = sizes.filter { digest, _ in
        !named.contains(digest) && !taken.contains(digest)
          && ages[digest, default: 0] >= policy.seconds
      }.map { StoredObject(digest: $0.key, byteCount: $0.value) }.sorted { $0.digest < $1.digest }
      unfinished = try store.unfinishedWork().compactMap { work in
        let age = age(work.modified)
        guard !work.isClaimed, age >= policy.seconds else { return nil }
        // The table of a sweep shows why a point failed, and the reason is small, so it stays longer.
        let keepsReason = work.hasFailed && age < policy.reasonSeconds
        guard !keepsReason || work.stateByteCount > 0 else { return nil }
        return UnfinishedWork(
          key: work.key, byteCount: keepsReason ? work.stateByteCount : work.byteCount, age: age,
          keepsReason: keepsReason)
      }
      runs = try store.runs().filter { !keptWork.runs.contains($0.name) }
      damaged = try store.damagedFiles().filter { age($0.modified) >= policy.seconds }
      goneRoots = keptWork.goneRoots
    }
    try measure(store, sizes, staying.map { ($0.found.record, $0.reason) })
    guard let limit = policy.byteCount, after > limit else { return }
    let candidates = staying.map { found, _ in
      let outputs = found.record.outputs.filter {
        sizes[$0.digest] != nil && !keptWork.unevictable.contains($0.digest)
          && !policy.keptTypes.contains($0.type)
      }
      return keptWork.work(found.record, outputs, age: found.age)
    }
    evict(among: candidates, downTo: limit)
  }

  /// Counts what is there and what stays.
  private mutating func measure(
    _ store: ArtifactStore, _ sizes: [Digest: Int], _ staying: [(Record, KeepReason)]
  ) throws(Diagnostic) {
    let unfinishedSize = try store.unfinishedWork().reduce(0) { $0 + $1.byteCount }
    let damagedSize = try store.damagedFiles().reduce(0) { $0 + $1.byteCount }
    before = sizes.values.reduce(0, +) + unfinishedSize + damagedSize
    let freed =
      removed.reduce(0) { $0 + $1.byteCount } + unnamed.reduce(0) { $0 + $1.byteCount }
      + unfinished.reduce(0) { $0 + $1.byteCount } + damaged.reduce(0) { $0 + $1.byteCount }
    after = before - freed
    var counted: Set<Digest> = []
    for reason in KeepReason.allCases {
      let records = staying.filter { $0.1 == reason }.map(\.0)
      let byteCount = records.flatMap(\.outputs).reduce(0) { sum, output in
        counted.insert(output.digest).inserted ? sum + (sizes[output.digest] ?? 0) : sum
      }
      if !records.isEmpty { kept.append((reason, records.count, byteCount)) }
    }
  }

  /// Evicts the bytes that take the least time for their size to make again, until the limit is met.
  private mutating func evict(among candidates: [Work], downTo limit: Int) {
    func price(_ work: Work) -> Double { work.record.seconds / Double(max(1, work.byteCount)) }
    let order = candidates.filter { !$0.outputs.isEmpty }.sorted { a, b in
      (price(a), -a.age, a.record.key) < (price(b), -b.age, b.record.key)
    }
    var gone: Set<Digest> = []
    for work in order where after > limit {
      let outputs = work.outputs.filter { gone.insert($0.digest).inserted }
      guard !outputs.isEmpty else { continue }
      let given = Work(
        record: work.record, stage: work.stage, definition: work.definition,
        otherDefinitions: work.otherDefinitions, outputs: outputs, changes: work.changes,
        age: work.age)
      evicted.append(given)
      after -= given.byteCount
    }
  }
}

extension KeptWork {
  /// A record that may be removed, compared with the last result of its stage.
  fileprivate func work(
    _ record: Record, _ outputs: [RecordedOutput], age: Double
  ) -> CollectionPlan.Work {
    let name = names[record.key]
    let changes = name.flatMap { lastWork[$0] }.map { last -> [String] in
      guard last.key != record.key else { return [] }
      let known = Set(StageKey.lines(of: last.keyText))
      let changed = StageKey.lines(of: record.keyText).filter { !known.contains($0) }
      let options = changed.filter { StageKey.digest(in: $0.value) == nil }
      return options.map { "\($0.name) \($0.value)" }
        + (options.count < changed.count ? ["other inputs"] : [])
    }
    return CollectionPlan.Work(
      record: record, stage: name?.stage, definition: name?.definition,
      otherDefinitions: names.otherDefinitions(of: record.key), outputs: outputs, changes: changes,
      age: age)
  }

  /// Why a record stays; nil when it may be removed.
  fileprivate func reason(for record: Record, age: Double) -> KeepReason? {
    if let reason = reasons[record.key] { return reason }
    if let reason = record.outputs.lazy.compactMap({ objects[$0.digest] }).first { return reason }
    if age < policy.seconds { return .recent }
    return policy.removesRecords ? nil : .record
  }
}
