import Artifacts
import Diagnostics
import Files
import Fixtures
import Formats
import Pipelines
import Stages
import Views

/// Small artifacts in a store of a test's own, to be shown.
struct StoredSample {
  let store: ArtifactStore
  private let folder: TemporaryFolder
  private let plan: Plan

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
    let definition = """
      [stage.load]
      path = "rows.csv"
      text = "text"
      label = "label"
      [stage.vocabulary]
      kind = "learn-vocabulary"
      from = "load"
      [stage.binarize]
      from = "load"
      vocabulary = "vocabulary"
      """
    switch Plan.read(
      Array(definition.utf8), file: "sample.toml", overlay: [], catalog: .standard)
    {
    case .plan(let plan): self.plan = plan
    case .problems(let problems): throw problems[0]
    }
  }

  /// Stores what `write` writes.
  func stored(
    _ write: (inout ArtifactDraft) throws(Diagnostic) -> Void
  ) throws -> StoredObject {
    var draft = try store.makeDraft()
    try write(&draft)
    return try draft.commit()
  }

  func stored(_ text: String) throws -> StoredObject {
    try stored { (draft) throws(Diagnostic) in try draft.write(text) }
  }

  /// The view of an artifact of that type, made by a stage of the sample definition.
  ///
  /// - Parameter key: a line of the stage's key after its kind.
  func view(
    of object: StoredObject, _ type: String, by stage: String = "load",
    key: (name: String, value: String)? = nil, facts: [JSONValue.Member] = [],
    _ selection: RowSelection = RowSelection()
  ) throws -> any ArtifactView {
    let output = RecordedOutput(
      port: type, type: type, digest: object.digest, byteCount: object.byteCount)
    let lines = [("kind", "sample 1"), key].compactMap(\.self)
    let text = StageKey(lines: lines.map { StageKey.Line(name: $0.0, value: $0.1) }).text
    let record = Record(keyText: text, outputs: [output], facts: facts)
    guard let planned = plan[stage] else { throw Diagnostic(.init("no stage \(stage)")) }
    return try ArtifactViews.view(
      of: ShownArtifact(output, of: record, by: planned.stage, in: store, selection))
  }
}
