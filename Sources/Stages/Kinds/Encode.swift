import Artifacts
import Chains
import Datasets
import Diagnostics
import Files
import Formats
import ModelKinds
import Models
import Pipelines
import Text

/// Turns rows of ids into features: one vector of each row, made by an encoder that does not learn.
struct Encode: Stage {
  static let kind = "encode"
  static let version = 1
  static let manual = """
    turns rows of ids into features by a pre-trained encoder
    A row becomes one vector, of which logistic-regression and mlp learn in seconds what a fine-tuned
    encoder takes minutes for: name the features as their from. It is computed once. pooling says
    how the states of a row's tokens become a vector: their mean, which suits most encoders; the
    state of the first token, [CLS]; or pooled, that state through the dense layer that some
    encoders have behind it. The features are datasets, as binarize writes them, with one more
    tensor, features [rows × width]; `show FILE STAGE --near TEXT` lists the rows that are nearest to
    a text. The output encoder holds the encoder with the chain from raw text to its ids, so that a
    model which learns from the features answers raw text.
    """

  private static let configName = "config.json"
  private static let encoder = "encoder"

  let from: Parts
  private let folder: ExternalFolder?
  private let config: ExternalFile?
  private let weights: ExternalFile?
  private let pooling: Encoder.Pooling

  init(from options: inout StageOptions) {
    from = options.parts("from", .dataset, "the rows of ids, numbered by the encoder's vocabulary")
    folder = options.folder(
      Self.encoder, "the folder of the encoder as Hugging Face writes it")
    pooling = options.choice(
      "pooling", default: .mean, "how the states of a row's tokens become one vector")
    var files: [ExternalFile?] = [nil, nil]
    if let folder {
      EncoderTokenizer.take(filesOf: folder, as: Self.encoder, in: &options)
      for (place, name) in [Self.configName, ModelFolder.weightsName].enumerated() {
        files[place] = options.file(name, in: folder, line: "\(Self.encoder).\(name)")
        if files[place] == nil { options.reject(Self.encoder, .lacksFile(name, folder.path)) }
      }
    }
    (config, weights) = (files[0], files[1])
  }

  var outputs: [Port] { from.mapped(to: .features) + [Port(.encoder)] }

  func rows(of port: Port) -> RowSource {
    port.type == .encoder ? .noRows : from.rows(of: port, .same)
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    var parts: [Dataset] = []
    for input in from.inputs { parts.append(try Dataset(SafetensorsFile(try work.map(input)))) }
    let artifact = try artifact(for: parts[0].columns[0], in: work)
    var draft = try work.store.makeDraft()
    try artifact.write(into: &draft)
    try work.commit(draft, to: Port(.encoder))
    let name = work.committed.first { $0.port == ArtifactType.encoder.name }.map { "\($0.digest)" }
    let features = RowFeatures(width: artifact.encoder.width, encoder: name ?? "")
    let total = parts.reduce(0) { $0 + $1.count }
    var done = 0
    for ((rows, input), port) in zip(zip(parts, from.inputs), from.mapped(to: .features)) {
      guard rows.columns[0].vocabularySize == parts[0].columns[0].vocabularySize else {
        throw Diagnostic(.otherVocabulary("\(input.source)", "\(from.inputs[0].source)"))
      }
      guard let values = try encoded(rows, by: artifact.encoder, after: done, of: total, work)
      else { return .stopped }
      var draft = try work.store.makeDraft()
      try rows.write(with: features, values, into: &draft)
      try work.commit(draft, to: port)
      done += rows.count
    }
    work.note("rows", .integer(total))
    work.summarise("\(Spelling.count(total)) rows, \(features.width) features each")
    return .finished
  }

  /// [rows × width] the vectors of some rows; nil when asked to stop.
  private func encoded(
    _ rows: Dataset, by encoder: RowEncoder, after done: Int, of total: Int, _ work: StageWork
  ) throws(Diagnostic) -> [Float]? {
    var values: [Float] = []
    values.reserveCapacity(rows.count * encoder.width)
    let finished = try encoder.encode(
      rows.classification(), cores: work.cores,
      goesOn: { row in
        work.progress(StageProgress(text: Self.text(of: done + row, total)))
        return !work.shouldStop
      }
    ) { _, vector in
      for index in vector.indices { values.append(vector[index]) }
    }
    return finished ? values : nil
  }

  private static func text(of rows: Int, _ total: Int) -> String {
    "\(Spelling.count(rows)) of \(Spelling.count(total)) rows"
  }

  /// The encoder, with the chain by which its rows were made of text.
  ///
  /// - Throws: when the rows were not numbered by its vocabulary.
  private func artifact(
    for column: TokenColumn, in work: StageWork
  ) throws(Diagnostic) -> EncoderArtifact {
    guard let folder, let config, let weights, let lineage = work.lineage(of: from.inputs[0]) else {
      preconditionFailure("\(work.stage) was planned without an encoder")
    }
    let chain = try TextChain(gatheredFrom: lineage, column: column.name) {
      (digest) throws(Diagnostic) in try work.map(digest).contents
    }
    let own = try EncoderTokenizer(folder.path, behind: Self.encoder, work.bytes(behind:))
    guard Vocabulary(own.entries).lines == chain.vocabulary else {
      throw Diagnostic(.notItsVocabulary("\(from.inputs[0].source)", folder.path))
    }
    let encoder = try RowEncoder(
      JSONValue(parsing: work.contents(of: config), file: config.path), file: config.path,
      weights: SafetensorsFile(reading: weights.path), pooling: pooling,
      vocabulary: Vocabulary(own.entries))
    try work.checkUnchanged(weights)
    return EncoderArtifact(encoder, chain: chain)
  }
}

extension Diagnostic.Message {
  fileprivate static func lacksFile(_ name: String, _ folder: String) -> Self {
    Self(
      "the folder '\(folder)' has no file '\(name)'",
      remedy: "give the folder of an encoder as Hugging Face writes it")
  }

  fileprivate static func notItsVocabulary(_ rows: String, _ folder: String) -> Self {
    Self(
      "'\(rows)' was not numbered by the vocabulary of '\(folder)'",
      remedy: "let import-vocabulary read it, with format = \"encoder\" and that path")
  }

  fileprivate static func otherVocabulary(_ rows: String, _ first: String) -> Self {
    Self(
      "'\(rows)' has another vocabulary than '\(first)'",
      remedy: "let one binarize stage make all parts")
  }
}
