import Datasets
import Diagnostics
import Formats
import ModelKinds
import Pipelines
import Tensors
import Training

/// A classifier that says how common each class is, whatever it reads: it is counted, not trained.
struct ClassSharesKind: ClassifierKind {
  static let name = "class-shares"

  private let smoothing: Double

  init(from options: inout StageOptions) {
    smoothing = options.number(
      "smoothing", default: 0, in: .atLeast(0), "rows that each class is given besides its own")
  }

  var outputs: [Port] { [Port("model", ArtifactType("model"))] }

  func train(_ training: StagedTraining) throws(Diagnostic) -> StageOutcome {
    let rows = try training.labelledRows()
    let counts = rows.classCounts.map { Float($0) + Float(smoothing) }
    let layout = Self.layout(classCount: counts.count)
    let shares = ParameterBuffer(layout)
    let values = shares.flat
    for (place, count) in counts.enumerated() { values[place] = count / counts.reduce(0, +) }
    try training.commit(
      ModelArtifact(
        of: Self.self, configuration: ["classes": .integer(counts.count)],
        texts: .classification(
          source: try training.chain(column: rows.columns[0].name), classNames: rows.classNames)),
      shares)
    return .finished
  }

  static func classifier(
    _ model: StoredModel, in precision: Precision
  ) throws(Diagnostic) -> any TrainedClassifier {
    guard let count = model.configuration.size("classes") else {
      throw Diagnostic(.misshapen(model))
    }
    let shares = try ParameterBuffer(layout(classCount: count), from: model.tensors)
    return ClassShares(shares: (0..<count).map { shares.flat[$0] })
  }

  private static func layout(classCount: Int) -> ParameterLayout {
    var layout = ParameterLayout()
    _ = layout.add("shares", [classCount], .constant(0))
    return layout
  }
}

private struct ClassShares: TrainedClassifier, Sendable {
  let shares: [Float]

  var classCount: Int { shares.count }

  func reads(_ rows: Dataset) -> Bool { true }

  func classify(
    _ rows: Dataset, cores: Int, _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void
  ) throws(Diagnostic) {
    for row in 0..<rows.count { body(row, shares.span) }
  }

  func probabilities(of ids: [Int32]) -> [Float] { shares }
}
