import Artifacts
import Chains
import Datasets
import Diagnostics
import Files
import Formats
import Models
import Pipelines
import Tensors
import Text
import Training

/// An encoder that learns nothing any more and makes one vector of a row of ids.
package struct RowEncoder: Sendable {
  /// The name under which artifacts hold its configuration.
  package static let name = "encoder"

  /// How many rows are batched among themselves.
  private static let window = 1024

  let network: Encoder
  let weights: ParameterBuffer
  /// The configuration as Hugging Face's transformers write it.
  private let configuration: JSONValue
  private let blas: OpenBLAS

  /// The numbers of a row.
  package var width: Int { network.configuration.width }
  /// The most ids of a row; what is beyond is not read.
  var longestRow: Int { network.configuration.longestRow }
  var vocabularySize: Int { network.vocabularySize }
  var padding: Int32 { Int32(network.padding) }

  /// - Parameters:
  ///   - configuration: what `config.json` says.
  ///   - file: its name, for errors.
  ///   - vocabulary: what numbers the words of the rows.
  /// - Throws: when they do not belong together.
  package init(
    _ configuration: JSONValue, file: String, weights: SafetensorsFile, pooling: Encoder.Pooling,
    vocabulary: Vocabulary
  ) throws(Diagnostic) {
    var shape = try Encoder.Configuration(huggingFace: configuration, file: file)
    try shape.requireVocabulary(count: vocabulary.count, file: "vocabulary")
    guard let start = vocabulary.id(of: .start), let end = vocabulary.id(of: .end) else {
      throw Diagnostic(.noBoundaries)
    }
    (shape.start, shape.end, shape.pooling) = (start, end, pooling)
    self.configuration = configuration
    network = Encoder(shape)
    self.weights = try EncoderTensors(weights).parameters(
      for: network, head: .unused, drawnFrom: RandomSource(seed: 0)
    ).weights
    blas = try OpenBLAS.load()
  }

  /// Gives the vector of each row to `body`, in the order of the rows.
  ///
  /// The vectors do not depend on the number of cores.
  ///
  /// - Parameter goesOn: asked now and then, with the number of rows so far; false stops it.
  /// - Returns: whether it came to the end.
  @discardableResult
  package func encode(
    _ rows: Examples<ClassificationBatch>, cores: Int, goesOn: (Int) -> Bool = { _ in true },
    _ body: (_ row: Int, _ vector: Span<Float>) -> Void
  ) throws(Diagnostic) -> Bool {
    let pass = RowPass(limit: BatchLimit(tokens: 4096, rows: 64), cores: cores, blas: blas)
    for start in stride(from: 0, to: rows.count, by: Self.window) {
      guard goesOn(start) else { return false }
      let part = rows.part(start..<min(start + Self.window, rows.count))
      _ = try pass.run(over: part, width: width) {
        body(start + $0, $1)
      } computing: {
        batch, tape in
        let vectors = network.features(
          of: batch, by: network.configuration.pooling, parameters: weights, on: tape)
        return (vectors.indices.map { vectors[$0] }, ())
      }
    }
    return true
  }

  /// The vector of a row; one without ids is a padding.
  package func vector(of ids: [Int32]) throws(Diagnostic) -> [Float] {
    var result: [Float] = []
    try encode(Examples(rows: [ids], padding: padding), cores: 1) { _, vector in
      result = vector.indices.map { vector[$0] }
    }
    return result
  }
}

// As an artifact holds it: what it is in JSON, its weights in tensors.
extension RowEncoder: ModelTensors {
  private static let prefix = "\(name)."

  /// What its weights and its configuration are read back by.
  package var architecture: JSONValue {
    [
      "model": .string(Self.name), "pooling": .string(network.configuration.pooling.rawValue),
      "configuration": configuration,
    ]
  }

  package var declarations: [SafetensorsWriter.Declaration] {
    // The layer for classes is of no use, and not learnt.
    ParameterBuffer.declarations(of: network.layout, prefix: Self.prefix)
      .filter { !$0.name.hasPrefix("\(Self.prefix)classifier.") }
  }

  package func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic) {
    try weights.write(String(name.dropFirst(Self.prefix.count)), into: &draft)
  }

  /// Reads it back.
  ///
  /// - Parameters:
  ///   - architecture: as it was written.
  ///   - chain: what makes ids of a text.
  /// - Throws: when they do not belong together.
  package init(
    _ architecture: JSONValue, in tensors: SafetensorsFile, chain: TextChain, named name: String
  ) throws(Diagnostic) {
    guard architecture["model"]?.stringValue == Self.name,
      let configuration = architecture["configuration"],
      let pooling = architecture["pooling"]?.stringValue.flatMap(Encoder.Pooling.init)
    else { throw Diagnostic(.noEncoder(name)) }
    try self.init(
      configuration, file: name, weights: tensors.tensors(behind: Self.prefix), pooling: pooling,
      vocabulary: Vocabulary(lines: chain.vocabulary.span, file: "\(name) (vocabulary)"))
  }
}

extension Diagnostic.Message {
  fileprivate static let noBoundaries = Self(
    "the vocabulary has no [CLS] and [SEP], between which an encoder reads a row",
    remedy: "number the rows by the encoder's own: import-vocabulary with format = \"encoder\"")

  static func noEncoder(_ name: String) -> Self {
    Self("'\(name)' holds no encoder of this program", remedy: "make it anew with the encode stage")
  }
}
