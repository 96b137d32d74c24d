import Artifacts
import Chains
import Datasets
import Diagnostics
import Files
import Formats
import Layers
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
  private let weights: InferenceWeights
  private let blas: OpenBLAS

  /// The numbers of a row.
  package var width: Int { network.configuration.width }
  /// The most ids of a row; what is beyond is not read.
  var longestRow: Int { network.configuration.longestRow }
  package var vocabularySize: Int { network.vocabularySize }
  var padding: Int32 { Int32(network.padding) }

  /// - Parameters:
  ///   - network: pooled as rows are to be; adapters are folded into its weights.
  ///   - precision: of the products with weights.
  package init(
    _ network: Encoder, _ weights: ParameterBuffer, in precision: Precision = .float32
  ) throws(Diagnostic) {
    let blas = try OpenBLAS.load()
    let own =
      network.configuration.adapters == nil
      ? (network, weights) : network.merged(weights, blas: blas)
    self.network = own.0
    self.weights = own.0.inferenceWeights(own.1, in: precision, blas: blas)
    self.blas = blas
  }

  /// The encoder of a model that was fine-tuned, without its classes.
  ///
  /// - Throws: when the model is none, or has no layer to pool by.
  package init(
    _ model: StoredModel, pooling: Encoder.Pooling, in precision: Precision = .float32
  ) throws(Diagnostic) {
    guard model.kind is EncoderKind.Type, let network = EncoderKind.network(model.configuration)
    else { throw Diagnostic(.notFineTuned(model.name)) }
    let own = network.configuration.pooling
    guard pooling != .pooled || own == .pooled else {
      throw Diagnostic(.notPooled(model.name, own.rawValue))
    }
    try model.checkVocabulary(of: model.texts.source, has: network.vocabularySize)
    var configuration = network.configuration
    configuration.pooling = pooling
    let pooled = Encoder(configuration)
    try self.init(pooled, ParameterBuffer(pooled.layout, from: model.tensors), in: precision)
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
    _ body: (_ row: Int, _ vector: Span<Float>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Bool {
    let pass = RowPass(limit: BatchLimit(tokens: 4096, rows: 64), cores: cores, blas: blas)
    for start in stride(from: 0, to: rows.count, by: Self.window) {
      guard goesOn(start) else { return false }
      let part = rows.part(start..<min(start + Self.window, rows.count))
      _ = try pass.run(over: part, width: width) { row, vector throws(Diagnostic) in
        try body(start + row, vector)
      } computing: {
        batch, tape in
        let vectors = network.features(
          of: batch, by: network.configuration.pooling, with: weights, on: tape)
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
  private static let precisionName = "precision"

  /// What its weights are read back by; its precision is in it unless it is float32.
  package var architecture: JSONValue {
    let precision: [JSONValue.Member] =
      weights.precision == .float32
      ? [] : [.init(Self.precisionName, .string(weights.precision.rawValue))]
    return .object(
      [.init("model", .string(Self.name))] + (network.configuration.json.objectValue ?? [])
        + precision)
  }

  package var declarations: [SafetensorsWriter.Declaration] {
    // The layer for classes is of no use, and not learnt.
    ParameterBuffer.declarations(of: network.layout, prefix: Self.prefix)
      .filter { !$0.name.hasPrefix("\(Self.prefix)classifier.") }
  }

  package func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic) {
    try weights.parameters.write(String(name.dropFirst(Self.prefix.count)), into: &draft)
  }

  /// Reads it back.
  ///
  /// - Parameters:
  ///   - architecture: as it was written.
  ///   - precision: of the products with weights, unless it was made in another than float32.
  /// - Throws: when they do not belong together.
  package init(
    _ architecture: JSONValue, in tensors: SafetensorsFile, named name: String,
    computing precision: Precision = .float32
  ) throws(Diagnostic) {
    let own = architecture[Self.precisionName]
    guard architecture["model"]?.stringValue == Self.name,
      let configuration = Encoder.Configuration(architecture),
      let precision = own.map({ $0.stringValue.flatMap(Precision.init) }) ?? precision
    else { throw Diagnostic(.noEncoder(name)) }
    let network = Encoder(configuration)
    let read = try EncoderTensors(tensors.tensors(behind: Self.prefix)).parameters(
      for: network, head: .unused, drawnFrom: RandomSource(seed: 0))
    try self.init(network, read.weights, in: precision)
  }
}

extension Diagnostic.Message {
  fileprivate static func noEncoder(_ name: String) -> Self {
    Self("'\(name)' holds no encoder of this program", remedy: "make it anew with the encode stage")
  }

  fileprivate static func notFineTuned(_ name: String) -> Self {
    Self(
      "'\(name)' is no encoder that was fine-tuned",
      remedy: "name a train stage with model = \"\(EncoderKind.name)\", or the folder of an encoder"
    )
  }

  fileprivate static func notPooled(_ name: String, _ own: String) -> Self {
    Self(
      "'\(name)' has no dense layer of [CLS], since its own pooling is '\(own)'",
      remedy: "set pooling = \"mean\" or \"first\"")
  }
}
