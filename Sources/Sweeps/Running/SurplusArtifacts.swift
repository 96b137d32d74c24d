import Digests

/// The artifacts that could be given up, by how many still hold each; found surplus as holders let go.
package struct SurplusArtifacts {
  private var holderCounts: [Digest: Int] = [:]
  /// What each holder holds.
  private var held: [Holder: Set<Digest>] = [:]
  /// What nobody holds, and was not taken yet.
  private var free: Set<Digest> = []

  package init() {}

  /// What may need artifacts.
  package enum Holder: Hashable {
    /// A stage of the rung, by its place in the plan: its outputs.
    case stage(Int)
    /// A trial that may go on from what it gave in the rung before.
    case trial(Int)
  }

  /// Has a holder hold some of its artifacts, and no others.
  ///
  /// - Parameter known: all of the artifacts that it has; what nobody holds of them is surplus.
  package mutating func hold(
    _ wanted: Set<Digest>, of known: some Sequence<Digest>, by holder: Holder
  ) {
    let before = held[holder] ?? []
    held[holder] = wanted.isEmpty ? nil : wanted
    for digest in wanted where !before.contains(digest) {
      holderCounts[digest, default: 0] += 1
      free.remove(digest)
    }
    for digest in before where !wanted.contains(digest) { letGo(of: digest) }
    for digest in known where holderCounts[digest] == nil { free.insert(digest) }
  }

  private mutating func letGo(of digest: Digest) {
    let left = (holderCounts[digest] ?? 1) - 1
    holderCounts[digest] = left > 0 ? left : nil
    if left == 0 { free.insert(digest) }
  }

  /// What nobody holds now, and was not taken before.
  package mutating func take() -> Set<Digest> {
    defer { free = [] }
    return free
  }
}
