import Artifacts
import Chains
import Diagnostics
import Formats
import Interchange
import Metrics
import ModelKinds
import Models
import Pipelines
import Tensors
import Text
import Training

/// Reads a convolutional translator that fairseq, or this program's export, left in a folder.
struct ImportConvS2S: Stage {
  static let kind = "import-convs2s"
  static let version = 2
  static let manual = """
    reads a convolutional translator that fairseq trained
    The folder holds model.safetensors (the checkpoint's tensors under fairseq's names), args.json
    (its options), dict.SOURCE.txt and dict.TARGET.txt, and codes, or codes.SOURCE and
    codes.TARGET, if it reads subwords. Folders that export wrote also hold the chains of text, and
    take raw text as the exported model did; for others rules says what is done before merges.
    """

  private let folder: FairseqFolder?
  private let preparation: ImportedChain

  init(from options: inout StageOptions) {
    folder = FairseqFolder(from: &options)
    let isUnprepared = OptionCondition(
      folder?.chain == nil, obstacle: "a folder that says itself how its model's text is prepared",
      remedy: "take \(ModelFolder.chainName) out of the folder")
    preparation = options.under(isUnprepared) { ImportedChain(from: &$0) }
  }

  var outputs: [Port] {
    [
      Port(.model, scoredBy: Metric.ofPairs.map(\.stageScore)),
      Port("source-vocabulary", .vocabulary), Port("target-vocabulary", .vocabulary),
    ]
      + (folder?.sourceCodes == nil ? [] : [Port(.merges)])
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    guard let folder else { preconditionFailure("planned without a folder") }
    let source = try vocabulary(folder.sourceDictionary, work)
    let target = try vocabulary(folder.targetDictionary, work)
    let codes = try folder.sourceCodes.map { (file) throws(Diagnostic) in
      try work.sideFile(file).contents
    }
    let file = try SafetensorsFile(reading: folder.weights.path)
    var configuration = folder.arguments.shape
    configuration.sourceVocabularySize = source.count
    configuration.targetVocabularySize = target.count
    configuration.positionCount =
      try file.entry("encoder.embed_positions.weight", of: .float32).shape.first ?? 0
    guard configuration.positionCount > configuration.padding + 2 else {
      throw Diagnostic(.noPositions(file.path))
    }
    let model = ConvS2S(configuration)
    try ParameterBuffer.requireShapes(of: model.layout, in: file)
    try MemoryDemand(using: model.layout).check()
    let weights = try ParameterBuffer(model.layout, from: file)
    try work.checkUnchanged(folder.weights)
    let artifact = ModelArtifact(
      of: ConvS2SKind.self, configuration: configuration.json,
      texts: try texts(of: folder, source, target, codes, work))
    var draft = try work.store.makeDraft()
    try artifact.write(weights, into: &draft)
    try work.commit(draft, to: outputs[0])
    try work.commit(source.lines, to: outputs[1])
    try work.commit(target.lines, to: outputs[2])
    if let codes { try work.commit(codes, to: outputs[3]) }
    work.note("parameters", .integer(model.layout.parameterCount))
    work.summarise("\(Spelling.count(model.layout.parameterCount)) parameters")
    return .finished
  }

  private func texts(
    of folder: FairseqFolder, _ source: Vocabulary, _ target: Vocabulary,
    _ sourceCodes: [UInt8]?, _ work: StageWork
  ) throws(Diagnostic) -> ModelTexts {
    if let chain = folder.chain {
      let texts = try ModelTexts(
        chains: SafetensorsFile(reading: chain.path), stages: .standard)
      try work.checkUnchanged(chain)
      guard texts.source.vocabulary == source.lines, texts.target?.vocabulary == target.lines else {
        throw Diagnostic(.otherVocabularies(chain.path))
      }
      return texts
    }
    let targetCodes = try folder.targetCodes.map { (file) throws(Diagnostic) in
      try work.sideFile(file).contents
    }
    func chain(
      _ column: String, _ language: String, _ codes: [UInt8]?, _ vocabulary: Vocabulary
    ) throws(Diagnostic) -> TextChain {
      try preparation.chain(
        column: column, language: language, codes: codes, vocabulary: vocabulary,
        folder: folder.weights.path)
    }
    return .translation(
      source: try chain("source", folder.arguments.sourceLanguage, sourceCodes, source),
      target: try chain("target", folder.arguments.targetLanguage, targetCodes, target))
  }

  private func vocabulary(
    _ file: ExternalFile, _ work: StageWork
  ) throws(Diagnostic) -> Vocabulary {
    let lines = try work.sideFile(file).contents
    return try Vocabulary(fairseqDictionary: lines.span, file: file.path)
  }
}

extension Diagnostic.Message {
  fileprivate static func otherVocabularies(_ path: String) -> Self {
    Self(
      "'\(path)' numbers other words than the folder's dictionaries do",
      remedy: "export the model again, or take the file out of the folder and say rules")
  }

  fileprivate static func noPositions(_ path: String) -> Self {
    Self(
      "'\(path)' has too small a table of positions for any sentence",
      remedy: "convert the checkpoint again")
  }
}
