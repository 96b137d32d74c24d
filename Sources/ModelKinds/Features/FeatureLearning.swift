import Artifacts
import Chains
import Datasets
import Diagnostics
import Formats
import Models
import Pipelines
import Reports
import Tensors

/// The training of a classifier on features as part of a pipeline: its rows, and what it leaves.
struct FeatureLearning {
  private static let features = "features"

  private let staged: StagedTraining
  private let artifact: EncoderArtifact
  private let features: RowFeatures
  let rows: Dataset

  var work: StageWork { staged.work }
  /// The numbers of a row.
  var width: Int { features.width }

  /// - Throws: when the rows have no features, or none of an encoder that is on record.
  init(_ staged: StagedTraining) throws(Diagnostic) {
    self.staged = staged
    rows = try staged.labelledRows()
    guard let features = rows.features,
      let digest = staged.work.lineage(of: staged.from)?.outputs[ArtifactType.encoder.name]
    else { throw Diagnostic(.noFeatures("\(staged.from.source)")) }
    self.features = features
    artifact = try EncoderArtifact(
      staged.work.map(digest), named: "\(staged.from.source)", in: staged.models)
  }

  /// The classifier of ids and texts that a head makes of the encoder.
  func classifier(_ head: some FeatureHead) -> FeatureClassifier {
    FeatureClassifier(artifact.encoder, features, head)
  }

  /// The artifact of a model, which holds the encoder too.
  ///
  /// - Parameter configuration: of the head.
  func model(of kind: any ModelKind.Type, _ configuration: [JSONValue.Member]) -> ModelArtifact {
    ModelArtifact(
      of: kind,
      configuration: .object(
        configuration + [
          .init(Self.features, .string(features.encoder)),
          .init(RowEncoder.name, artifact.encoder.architecture),
        ]),
      texts: .classification(source: artifact.chain, classNames: rows.classNames),
      knowledge: artifact.encoder)
  }

  /// Reads a model that learnt from features; nil for one that learnt from ids.
  ///
  /// - Parameters:
  ///   - precision: of products with weights, unless the encoder has one of its own.
  ///   - head: reads the head of so many features.
  static func classifier(
    _ model: StoredModel, in precision: Precision,
    head: (_ width: Int) throws(Diagnostic) -> any FeatureHead
  ) throws(Diagnostic) -> (any TrainedClassifier)? {
    guard let encoder = try encoder(of: model, in: precision) else { return nil }
    guard let name = model.configuration[features]?.stringValue else {
      throw Diagnostic(.misshapen(model))
    }
    return FeatureClassifier(
      encoder, RowFeatures(width: encoder.width, encoder: name), try head(encoder.width))
  }

  /// What `show` tells of the encoder of a model; nil for a model that learnt from ids.
  static func detail(of model: StoredModel) throws(Diagnostic) -> ModelDetail? {
    try encoder(of: model).map { encoder in
      let shape = encoder.network.configuration
      var table = TextTable([
        .number("layers"), .number("width"), .number("heads"), .number("positions"),
        .name("pooling"),
      ])
      table.append([
        "\(shape.layerCount)", "\(shape.width)", "\(shape.headCount)", "\(shape.positionCount)",
        shape.pooling.rawValue,
      ])
      return ModelDetail("encoder", table, json: encoder.architecture)
    }
  }

  private static func encoder(
    of model: StoredModel, in precision: Precision = .float32
  ) throws(Diagnostic) -> RowEncoder? {
    try model.configuration[RowEncoder.name].map { architecture throws(Diagnostic) in
      let encoder = try RowEncoder(
        architecture, in: model.tensors, named: model.name, computing: precision)
      try model.checkVocabulary(of: model.texts.source, has: encoder.vocabularySize)
      return encoder
    }
  }
}

extension StageOptions {
  /// Whether what is learned from are features of an encoder.
  var learnsFromFeatures: Bool {
    inputs.first { $0.name == "from" }?.source.port.type == .features
  }

  /// The condition of options that mean something to rows of ids alone.
  var learnsFromIDs: OptionCondition {
    OptionCondition(
      !learnsFromFeatures, obstacle: "features", remedy: "let from be the output of binarize")
  }
}

extension Diagnostic.Message {
  fileprivate static func noFeatures(_ rows: String) -> Self {
    Self(
      "'\(rows)' has no features of an encoder that is on record",
      remedy: "train on the output of an encode stage")
  }
}
