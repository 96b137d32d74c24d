import Artifacts
import Diagnostics
import Digests
import Formats
import Pipelines

/// What stages took when they ran before, by their kinds and their names in definitions.
package struct PastStages: Sendable {
  private struct Name: Hashable {
    let kind: String
    let stage: String
  }

  private struct Past {
    let work: LearnedNeeds.Work
    /// The bytes that it read of the store; 0 where that is not known.
    let inputBytes: Int
  }

  /// How many records are read.
  private static let mostRecords = 1_000
  /// How many records of one name are kept, the last ones: the points of a sweep share a name, and each
  /// order looks at all of them.
  private static let mostOfOneName = 100

  private let store: ArtifactStore
  private var past: [Name: [Past]] = [:]

  /// Reads the last records of the definitions that were run with a store.
  ///
  /// What cannot be read tells nothing: this is for economy alone.
  package init(in store: ArtifactStore) {
    self.store = store
    let keys = ((try? DefinitionRoot.all(in: store, but: "")) ?? []).flatMap(\.keys)
    for (stage, key) in keys.prefix(Self.mostRecords) {
      guard let record = try? store.storedRecord(key) else { continue }
      note(stage.base, record)
    }
  }

  var isEmpty: Bool { past.isEmpty }

  /// Learns from a record of a stage of that name, and forgets the oldest where it knows a hundred.
  package mutating func note(_ stage: String, _ record: Record) {
    let lines = StageKey.lines(of: record.keyText)
    guard let kind = lines.first?.value.split(separator: " ").first else { return }
    let cores = record.facts.first { $0.name == "cores" }?.value.intValue ?? 1
    // At the most all its cores were busy all the time; the processor's time is of the whole process.
    let occupied = record.seconds * Double(max(1, cores))
    let work = LearnedNeeds.Work(
      seconds: record.seconds,
      coreSeconds: record.cpuSeconds > 0 ? min(occupied, record.cpuSeconds) : occupied,
      peakBytes: record.peakBytes)
    let inputBytes = byteCount(of: lines.compactMap { StageKey.digest(in: $0.value) })
    let name = Name(kind: String(kind), stage: stage)
    past[name, default: []].append(Past(work: work, inputBytes: inputBytes))
    if past[name, default: []].count > Self.mostOfOneName { past[name]?.removeFirst() }
  }

  /// What a stage took, and how many times as much there is to read for it now.
  func work(of order: StageOrder) -> [LearnedNeeds.Work] {
    work(of: order.stage.baseName, kind: order.stage.kind.kind, reading: order.inputs)
  }

  /// What stages of a name and a kind took, the last one at the end, and how many times as much there
  /// is to read in these artifacts.
  package func work(
    of stage: String, kind: String, reading inputs: [Digest]
  ) -> [LearnedNeeds.Work] {
    guard let past = past[Name(kind: kind, stage: stage)] else { return [] }
    let inputBytes = byteCount(of: inputs)
    return past.map { earlier in
      var work = earlier.work
      if earlier.inputBytes > 0 {
        work.growth = max(1, Double(inputBytes) / Double(earlier.inputBytes))
      }
      return work
    }
  }

  /// The bytes of the artifacts that are in the store.
  private func byteCount(of digests: [Digest]) -> Int {
    digests.reduce(0) { $0 + ((try? store.byteCount(of: $1)) ?? 0) }
  }
}
