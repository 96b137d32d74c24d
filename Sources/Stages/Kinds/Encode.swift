import Artifacts
import Chains
import Datasets
import Diagnostics
import Files
import Formats
import ModelKinds
import Models
import Pipelines
import Tensors
import Text

/// Turns rows of ids into features: one vector of each row, made by an encoder that does not learn.
struct Encode: Stage {
  static let kind = "encode"
  static let version = 2
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
    precision = "bfloat16" rounds both sides of products with weights to eight bits; embeddings,
    attention scores, norms and softmax stay float32. The output encoder keeps to it, so that texts
    get the vectors that rows got. It is faster where the processor has AVX-512-BF16, and gives equal
    bytes where it has not.
    """

  /// What makes the vectors.
  private enum Source {
    case folder(EncoderFolder)
    case model(StageInput)
  }

  let from: Parts
  /// Nil where nothing can be planned.
  private let source: Source?
  private let pooling: Encoder.Pooling
  private let precision: Precision

  init(from options: inout StageOptions) {
    from = options.parts("from", .dataset, "the rows of ids, numbered by the encoder's vocabulary")
    let folder = options.optionalFolder(
      "encoder", unset: "none: a model is used",
      "the folder of the encoder as Hugging Face writes it")
    let model = options.optionalInput(
      "model", .model, unset: "none: a folder is used", "an encoder that was fine-tuned")
    if options.isGiven("encoder") == options.isGiven("model") {
      options.reject("encoder", .oneSource)
    }
    source =
      if let model {
        .model(model)
      } else {
        folder.flatMap { EncoderFolder($0, as: "encoder", from: &options) }.map(Source.folder)
      }
    pooling = options.choice(
      "pooling", default: .mean, "how the states of a row's tokens become one vector")
    precision = Precision(from: &options)
  }

  var outputs: [Port] { from.mapped(to: .features) + [Port(.encoder)] }

  func rows(of port: Port) -> RowSource {
    port.type == .encoder ? .noRows : from.rows(of: port, .same)
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    var parts: [Dataset] = []
    for input in from.inputs { parts.append(try Dataset(SafetensorsFile(try work.map(input)))) }
    work.warnOfSlowProducts(in: precision)
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
      var vectors = FeatureWriter(features, spoolingIn: work.folder)
      guard
        try encode(rows, by: artifact.encoder, into: &vectors, after: done, of: total, work)
      else { return .stopped }
      var draft = try work.store.makeDraft()
      try rows.write(with: vectors, into: &draft)
      try work.commit(draft, to: port)
      done += rows.count
    }
    work.note("rows", .integer(total))
    work.summarise("\(Spelling.count(total, "row")), \(features.width) features each")
    return .finished
  }

  /// Makes the vector of each row; false when asked to stop.
  private func encode(
    _ rows: Dataset, by encoder: RowEncoder, into vectors: inout FeatureWriter, after done: Int,
    of total: Int, _ work: StageWork
  ) throws(Diagnostic) -> Bool {
    try encoder.encode(
      rows.classification(), cores: work.cores,
      goesOn: { row in
        work.progress(StageProgress(text: Self.text(of: done + row, total)))
        return !work.shouldStop
      }
    ) { (_, vector) throws(Diagnostic) in try vectors.append(vector) }
  }

  private static func text(of rows: Int, _ total: Int) -> String {
    "\(Spelling.count(rows)) of \(Spelling.count(total, "row"))"
  }

  /// The encoder, with the chain by which its rows were made of text.
  ///
  /// - Throws: when the rows were not numbered by its vocabulary.
  private func artifact(
    for column: TokenColumn, in work: StageWork
  ) throws(Diagnostic) -> EncoderArtifact {
    guard let lineage = work.lineage(of: from.inputs[0]) else {
      preconditionFailure("\(from.inputs[0].source) has no lineage")
    }
    let chain = try TextChain(gatheredFrom: lineage, column: column.name) {
      (digest) throws(Diagnostic) in try work.map(digest).contents
    }
    let (encoder, vocabulary, name) = try encoder(in: work)
    guard vocabulary == chain.vocabulary else {
      throw Diagnostic(.notItsVocabulary("\(from.inputs[0].source)", name))
    }
    return EncoderArtifact(encoder, chain: chain)
  }

  /// The encoder, its vocabulary, and what errors call it.
  private func encoder(
    in work: StageWork
  ) throws(Diagnostic) -> (encoder: RowEncoder, vocabulary: [UInt8], name: String) {
    switch source {
    case .folder(let folder):
      let encoder = try folder.rowEncoder(pooledBy: pooling, in: precision)
      let vocabulary = try folder.vocabulary().lines
      try folder.checkUnchanged(in: work)
      return (encoder, vocabulary, folder.path)
    case .model(let input):
      let model = try StoredModel(work.map(input), named: "\(input.source)", in: .standard)
      return (
        try RowEncoder(model, pooling: pooling, in: precision), model.texts.source.vocabulary,
        model.name
      )
    case nil: preconditionFailure("\(work.stage) was planned without an encoder")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let oneSource = Self(
    "encode wants the folder of an encoder, or a model that is one",
    remedy: "give encoder or model, and not both")

  fileprivate static func notItsVocabulary(_ rows: String, _ folder: String) -> Self {
    Self(
      "'\(rows)' was not numbered by the vocabulary of '\(folder)'",
      remedy: "number them by the encoder's own: import-vocabulary with format = \"encoder\"")
  }

  fileprivate static func otherVocabulary(_ rows: String, _ first: String) -> Self {
    Self(
      "'\(rows)' has another vocabulary than '\(first)'",
      remedy: "let one binarize stage make all parts")
  }
}
