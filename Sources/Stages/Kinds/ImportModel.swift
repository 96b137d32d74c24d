import Artifacts
import Chains
import Diagnostics
import Formats
import Interchange
import Metrics
import ModelKinds
import Pipelines

/// Reads a classifier that `export` wrote.
struct ImportModel: Stage {
  static let kind = "import-model"
  static let version = 1
  static let manual = """
    reads a classifier that export wrote into a folder
    It is the model that was exported, byte for byte, with its chain from raw text to ids. Another
    program may have changed the tensors in model.safetensors, but not their names and shapes. For
    translators there is import-convs2s.
    """

  private let files: ClassifierFiles?
  private let kind: (any ModelKind.Type)?

  init(from options: inout StageOptions) {
    files = ClassifierFiles(from: &options)
    kind = files.flatMap { ModelCatalog.standard[$0.description.kindName] }
    if let files, kind == nil {
      options.reject("path", .unknownKind(files.description.kindName))
    }
  }

  var outputs: [Port] {
    [Port(.model, scoredBy: kind?.metrics.map(\.stageScore) ?? [])]
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    guard let files, let kind else { preconditionFailure("planned without a folder") }
    let weights = try SafetensorsFile(reading: files.weights.path)
    let texts = try ModelTexts(
      chains: SafetensorsFile(reading: files.chain.path), stages: .standard)
    let artifact = ModelArtifact(
      of: kind, configuration: files.description.configuration, texts: texts)
    var draft = try work.store.makeDraft()
    try artifact.write(ReadTensors(weights), into: &draft)
    for file in files.all { try work.checkUnchanged(file) }
    try work.commit(draft, to: outputs[0])
    guard let output = work.committed.first else { return .finished }
    let model = try StoredModel(
      work.store.open(output.digest), named: files.weights.path, in: .standard)
    _ = try model.classifier()
    work.summarise("\(kind.name), \(Spelling.count(texts.classNames.count)) classes")
    return .finished
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownKind(_ name: String) -> Self {
    Self(
      "the folder holds a model of kind '\(name)', which this program does not have",
      remedy: "use the version that exported it")
  }
}
