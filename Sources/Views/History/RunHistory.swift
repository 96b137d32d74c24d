import Artifacts
import Diagnostics
import Formats
import Metrics
import Pipelines

/// The runs a store remembers, the newest first, each beside the one before it of its definition.
package struct RunHistory: Sendable {
  /// One run, or all that one sweep command ran.
  package struct Entry: Sendable {
    package let runs: [PastRun]
    /// What the run was called with `--name`.
    package let name: String?
    /// The definition's path as it was given.
    package let definition: String
    package let sweep: String?
    package let ending: RunEnding
    /// The first score of each stage that scored, the metric first; of a sweep of one point, whose runs
    /// are folds or seeds, the means over its runs, and of any other none.
    package let scores: [(stage: String, metric: Metric, value: Double)]
    /// What is other than in the run before of this definition; nil where there is none to compare, and
    /// of a run without an end.
    package let changes: [RunChange]?

    /// The run as a person names it.
    package var id: String { runs[0].name }
  }

  package let entries: [Entry]
  /// How many older runs there are.
  package let olderCount: Int

  /// - Parameters:
  ///   - count: how many to tell of.
  ///   - path: the definition to tell of, by `DefinitionRoot.canonical`; nil for all.
  /// - Throws: when a journal or a record cannot be read.
  package init(
    of store: ArtifactStore, count: Int, path: String? = nil
  ) throws(Diagnostic) {
    var told = try ToldRun.all(in: store)
    if let path { told.removeAll { $0.path != path } }
    var entries: [Entry] = []
    for (place, run) in told.prefix(count).enumerated() {
      let before = told[(place + 1)...].first { $0.path == run.path && $0.sweep == run.sweep }
      entries.append(try run.entry(after: before, in: store))
    }
    self.entries = entries
    olderCount = max(0, told.count - count)
  }

  /// How the sweep that was last written out for a definition was written; nil where none was.
  ///
  /// - Parameter path: the definition, by `DefinitionRoot.canonical`.
  package static func lastVariation(
    of path: String, in store: ArtifactStore
  ) throws(Diagnostic) -> WrittenVariation? {
    for run in try store.runs() {
      guard let start = try run.events.first, start["path"]?.stringValue == path,
        let variation = WrittenVariation(start["variation"])
      else { continue }
      return variation
    }
    return nil
  }
}

/// A run's journal, or those of one sweep command, as far as they were written.
private struct ToldRun {
  private(set) var runs: [PastRun]
  let start: JSONValue
  private var endings: [JSONValue]
  private var failed: [String]

  var path: String {
    start["path"]?.stringValue ?? start["definition"]?.stringValue ?? ""
  }
  var sweep: String? { start["sweep"]?.stringValue }

  private init(_ run: PastRun) throws(Diagnostic) {
    let events = try run.events
    runs = [run]
    start = events.first ?? [:]
    endings = events.filter { $0["event"]?.stringValue == "finished" }
    failed = events.filter { $0["state"]?.stringValue == "failed" }
      .compactMap { $0["stage"]?.stringValue }
  }

  /// Every run of a store, the newest first; what one process ran of a sweep is one.
  static func all(in store: ArtifactStore) throws(Diagnostic) -> [ToldRun] {
    var told: [ToldRun] = []
    for run in try store.runs() {
      let next = try ToldRun(run)
      guard let last = told.last, next.sweep != nil, next.sweep == last.sweep,
        next.path == last.path, run.process == last.runs[0].process
      else {
        told.append(next)
        continue
      }
      told[told.count - 1].runs.append(run)
      told[told.count - 1].endings += next.endings
      told[told.count - 1].failed += next.failed
    }
    return told
  }

  func entry(
    after before: ToldRun?, in store: ArtifactStore
  ) throws(Diagnostic) -> RunHistory.Entry {
    // Each stage of a sweep is there once for each run: one change would say nothing.
    let result = try sweep == nil ? ComparedResult("", of: runs[0], in: store) : nil
    let told =
      if let result { try scores(of: result, in: store) } else { try meanScores(in: store) }
    let ending = RunEnding(endings, of: runs.count, failed: failed)
    var changes: [RunChange]?
    // What a run has not come to yet is no change.
    if let result, let before, ending.isKnown {
      changes = RunChange.all(
        from: try ComparedResult("", of: before.runs[0], in: store), to: result)
    }
    return RunHistory.Entry(
      runs: runs, name: start["name"]?.stringValue,
      definition: start["definition"]?.stringValue ?? "?", sweep: sweep, ending: ending,
      scores: told, changes: changes)
  }

  /// Of a sweep of one point, the means over its folds and seeds.
  private func meanScores(
    in store: ArtifactStore
  ) throws(Diagnostic) -> [(stage: String, metric: Metric, value: Double)] {
    var points: Set<Substring> = []
    var all: [(stage: String, metric: Metric, values: [Double])] = []
    for run in runs {
      for score in try scores(of: ComparedResult("", of: run, in: store), in: store) {
        let name = StageName(written: score.stage)
        // Scores at a smaller extent are not what the sweep came to.
        guard let trial = name.trial, !trial.contains("/") else { continue }
        points.insert(trial.prefix { $0 != "." })
        let place = all.firstIndex { $0.stage == name.base } ?? all.count
        if place == all.count { all.append((name.base, score.metric, [])) }
        all[place].values.append(score.value)
      }
    }
    guard points.count == 1 else { return [] }
    return all.map { stage, metric, values in
      (stage, metric, values.reduce(0, +) / Double(values.count))
    }
  }

  private func scores(
    of result: ComparedResult, in store: ArtifactStore
  ) throws(Diagnostic) -> [(stage: String, metric: Metric, value: Double)] {
    var found: [(stage: String, metric: Metric, value: Double)] = []
    for (stage, record) in result.works {
      guard let json = try record.scores(in: store) else { continue }
      for metric in Metric.all {
        guard let value = json[metric.name]?.doubleValue else { continue }
        found.append((stage, metric, value))
        break
      }
    }
    return found
  }
}
