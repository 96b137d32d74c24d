import Artifacts
import Chains
import Diagnostics
import Formats
import Interchange
import Metrics
import ModelKinds
import Pipelines
import Text

/// Reads a classifier that `export` wrote, or an encoder that transformers fine-tuned.
struct ImportModel: Stage {
  static let kind = "import-model"
  static let version = 1
  static let manual = """
    reads a classifier that export wrote into a folder, or an encoder that transformers fine-tuned
    Of export's it is the model that was exported, byte for byte, with its chain from raw text to ids.
    Another program may have changed the tensors in model.safetensors, but not their names and shapes.
    A folder without model.json is taken for one that transformers wrote of a BERT or DistilBERT with
    classes: its tokenizer becomes the chain. For translators there is import-convs2s.
    """

  private enum Source {
    case exported(ClassifierFiles, any ModelKind.Type)
    case encoder(EncoderFolder)
  }

  /// Nil where nothing can be planned.
  private let source: Source?

  init(from options: inout StageOptions) {
    source = Self.source(from: &options)
  }

  private static func source(from options: inout StageOptions) -> Source? {
    let found = options.folder(
      "path",
      "the folder: \(ModelFolder.weightsName), \(ClassifierFolder.descriptionName) and"
        + " \(ModelFolder.chainName); or what transformers writes")
    guard let folder = found else { return nil }
    guard
      folder.names.contains(ClassifierFolder.descriptionName)
        || !folder.names.contains(EncoderFolder.configurationName)
    else { return EncoderFolder(folder, as: "path", from: &options).map { .encoder($0) } }
    guard let files = ClassifierFiles(folder, from: &options) else { return nil }
    guard let kind = ModelCatalog.standard[files.description.kindName] else {
      options.reject("path", .unknownKind(files.description.kindName))
      return nil
    }
    return .exported(files, kind)
  }

  private var kind: (any ModelKind.Type)? {
    switch source {
    case .exported(_, let kind): kind
    case .encoder: EncoderKind.self
    case nil: nil
    }
  }

  var outputs: [Port] {
    [Port(.model, scoredBy: kind?.metrics.map(\.stageScore) ?? [])]
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    guard let source, let kind else { preconditionFailure("planned without a folder") }
    var draft = try work.store.makeDraft()
    let (artifact, name): (ModelArtifact, String)
    switch source {
    case .exported(let files, _):
      let texts = try ModelTexts(
        chains: SafetensorsFile(reading: files.chain.path), stages: .standard)
      artifact = ModelArtifact(
        of: kind, configuration: files.description.configuration, texts: texts)
      name = files.weights.path
      try artifact.write(ReadTensors(SafetensorsFile(reading: name)), into: &draft)
      for file in files.all { try work.checkUnchanged(file) }
    case .encoder(let folder):
      let (encoder, weights) = try folder.classifier()
      artifact = ModelArtifact(
        of: kind, configuration: EncoderKind.configuration(of: encoder),
        texts: .classification(
          source: try TextChain(wordPiecesOf: folder), classNames: folder.classNames))
      name = folder.path
      try artifact.write(weights, into: &draft)
      try folder.checkUnchanged(in: work)
    }
    try work.commit(draft, to: outputs[0])
    guard let output = work.committed.first else { return .finished }
    let model = try StoredModel(work.store.open(output.digest), named: name, in: .standard)
    _ = try model.classifier()
    work.summarise("\(kind.name), \(Spelling.count(artifact.texts.classNames.count, "class"))")
    return .finished
  }
}

extension TextChain {
  /// The chain of an encoder that was fine-tuned elsewhere: its own tokenizer, and nothing before.
  fileprivate init(wordPiecesOf folder: EncoderFolder) throws(Diagnostic) {
    let resources = try folder.tokenizerFiles().map { ("encoder.\($0.name)", $0.bytes) }
    self.init(
      steps: [
        Step(
          Tokenize.self, [("rules", .text(Tokenize.Rules.wordpiece.rawValue))],
          resources: resources)
      ], vocabulary: try folder.vocabulary().lines, column: "text")
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownKind(_ name: String) -> Self {
    Self(
      "the folder holds a model of kind '\(name)', which this program does not have",
      remedy: "use the version that exported it")
  }
}
