import Artifacts
import Diagnostics
import Formats
import Pipelines

/// Records of past work, from which the costs of similar work are estimated.
struct PastWork {
  /// The estimated cost and outputs of a stage.
  struct Estimate {
    let coreSeconds: Double
    let outputs: [RecordedOutput]
  }

  private struct Work {
    let lines: Set<StageKey.Line>
    let record: Record
    /// Seconds on one core.
    let coreSeconds: Double
    /// The extent that the work went on from; nil for a stage without an extent.
    let extentBefore: Int?
  }

  /// By kind, the latest first.
  private let work: [String: [Work]]

  init(in store: ArtifactStore, kinds: Set<String>) throws(Diagnostic) {
    var work: [String: [Work]] = [:]
    for key in kinds.isEmpty ? [] : try store.recordKeys() {
      guard let record = try store.record(for: key) else { continue }
      let lines = StageKey.lines(of: record.keyText)
      guard let kind = lines.first?.value.split(separator: " ").first.map(String.init),
        kinds.contains(kind)
      else { continue }
      let facts = record.facts
      func fact(_ name: String) -> Int? { facts.first { $0.name == name }?.value.intValue }
      work[kind, default: []].append(
        Work(
          lines: Set(lines), record: record,
          coreSeconds: Self.coreSeconds(of: record, cores: fact("cores") ?? 1),
          extentBefore: fact("extent-before")))
    }
    self.work = work.mapValues { $0.sorted { $0.record.when > $1.record.when } }
  }

  /// The smaller of two upper bounds: all its cores all the time, and the process's CPU time.
  private static func coreSeconds(of record: Record, cores: Int) -> Double {
    let occupied = record.seconds * Double(cores)
    return record.cpuSeconds > 0 ? min(occupied, record.cpuSeconds) : occupied
  }

  /// The estimate for a stage, from the record that has the most options in common with it.
  ///
  /// - Parameter extentBefore: the largest smaller extent that has a result.
  /// - Returns: nil when no stage of its kind has run.
  func estimate(of stage: PlannedStage, beyond extentBefore: Int) -> Estimate? {
    let wanted = stage.keyLines.compactMap { line -> StageKey.Line? in
      guard case .option(let value) = line.content else { return nil }
      return StageKey.Line(name: line.name, value: value.spelling)
    }
    let similar = work[stage.kind.kind]?.max { a, b in
      wanted.count { a.lines.contains($0) } < wanted.count { b.lines.contains($0) }
    }
    guard let similar else { return nil }
    return Estimate(
      coreSeconds: similar.coreSeconds * scale(similar, to: stage, beyond: extentBefore),
      outputs: similar.record.outputs)
  }

  /// How many times as much work the stage is.
  private func scale(_ work: Work, to stage: PlannedStage, beyond extentBefore: Int) -> Double {
    guard let extent = stage.extent,
      let line = work.lines.first(where: { $0.name == extent.name }), let done = Int(line.value)
    else { return 1 }
    let before = work.extentBefore ?? 0
    guard done > before else { return 1 }
    return Double(max(0, extent.value - extentBefore)) / Double(done - before)
  }
}
