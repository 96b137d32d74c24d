import Artifacts
import Diagnostics
import Digests
import Pipelines

/// One of two results that are compared: the records of its stages.
package struct ComparedResult: Sendable {
  /// The words by which it was named.
  package let title: String
  package let works: [(stage: String, record: Record)]
  /// The stages that would have to run, with the options of their keys.
  package let pending: [(stage: String, options: [StageKey.Line])]
  /// The path of its rows through the stages; nil when there is no definition.
  private let path: RowPath?

  package init(
    _ title: String, _ works: [(stage: String, record: Record)],
    pending: [(stage: String, options: [StageKey.Line])] = [], path: RowPath? = nil
  ) {
    self.title = title
    self.works = works
    self.pending = pending
    self.path = path
  }

  /// The results of a run, as far as they are still in the store.
  package init(
    _ title: String, of run: PastRun, in store: ArtifactStore
  ) throws(Diagnostic) {
    var works: [(stage: String, record: Record)] = []
    for (stage, key) in try run.work.results {
      guard let record = try store.record(for: key) else { continue }
      works.removeAll { $0.stage == stage }
      works.append((stage, record))
    }
    self.init(title, works)
  }

  /// The results of a definition, as far as they are up to date.
  package init(_ title: String, of assessment: Assessment, in store: ArtifactStore) {
    self.init(
      title,
      assessment.stages.compactMap { stage in
        stage.record.map { (stage.planned.name, $0) }
      },
      pending: assessment.stages.filter { $0.record == nil }.map { stage in
        (stage.planned.name, stage.planned.optionLines)
      },
      path: RowPath(
        through: assessment.plan.stages, assessment.stages.map(\.record), in: store))
  }

  package subscript(stage: String) -> Record? { works.first { $0.stage == stage }?.record }

  /// Where the rows of an output came from.
  package func origins(of port: String, stage: String) -> ShownOrigins? {
    path.flatMap { path in
      path.stages.first { $0.name == stage }.map {
        ShownOrigins(of: RowPath.Node(stage: $0.index, port: port), on: path)
      }
    }
  }

  /// The options of a stage that would have to run.
  func pendingOptions(of stage: String) -> [StageKey.Line]? {
    pending.first { $0.stage == stage }?.options
  }

  /// Every stage, those that would have to run at the end.
  var stageNames: [String] { works.map(\.stage) + pending.map(\.stage) }

  /// The stage that gave an artifact.
  package func maker(of digest: Digest) -> String? {
    works.first { $0.record.outputs.contains { $0.digest == digest } }?.stage
  }
}
