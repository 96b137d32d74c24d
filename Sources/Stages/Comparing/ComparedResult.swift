import Artifacts
import Pipelines

/// One of two results that are compared: the work behind it, stage by stage.
package struct ComparedResult: Sendable {
  /// What a person called it.
  package let title: String
  package let works: [(stage: String, record: Record)]

  package init(_ title: String, _ works: [(stage: String, record: Record)]) {
    self.title = title
    self.works = works
  }

  /// What a run came to, as far as it is still in the store.
  package init(_ title: String, of run: PastRun, in store: ArtifactStore) {
    var works: [(stage: String, record: Record)] = []
    for (stage, key) in run.results {
      guard let record = store.record(for: key) else { continue }
      works.removeAll { $0.stage == stage }
      works.append((stage, record))
    }
    self.init(title, works)
  }

  /// What a definition gives, as far as it is up to date.
  package init(_ title: String, of assessment: Assessment) {
    self.init(
      title,
      assessment.stages.compactMap { stage in
        stage.record.map { (stage.planned.name, $0) }
      })
  }

  subscript(stage: String) -> Record? { works.first { $0.stage == stage }?.record }

  /// The stage that gave an artifact.
  func maker(of digest: Digest) -> String? {
    works.first { $0.record.outputs.contains { $0.digest == digest } }?.stage
  }
}
