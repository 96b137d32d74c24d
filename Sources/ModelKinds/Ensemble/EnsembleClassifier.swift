import Chains
import Datasets
import Diagnostics

/// Several trained classifiers, whose probabilities are averaged.
struct EnsembleClassifier: TrainedClassifier {
  private let members: [any TrainedClassifier]

  /// - Throws: when one of them is no classifier.
  init(_ models: [StoredModel]) throws(Diagnostic) {
    var members: [any TrainedClassifier] = []
    for model in models { members.append(try model.classifier()) }
    self.members = members
  }

  var classCount: Int { members.first?.classCount ?? 0 }

  func reads(_ rows: Dataset) -> Bool { members.allSatisfy { $0.reads(rows) } }

  func classify(
    _ rows: Dataset, cores: Int, _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void
  ) throws(Diagnostic) {
    let classCount = classCount
    var means = [Float](repeating: 0, count: rows.count * classCount)
    for member in members {
      try member.classify(rows, cores: cores) { row, probabilities in
        for label in 0..<classCount {
          means[row * classCount + label] += probabilities[label] * share
        }
      }
    }
    for row in 0..<rows.count {
      body(row, means.span.extracting(row * classCount..<(row + 1) * classCount))
    }
  }

  func classify(_ text: String, through chain: inout RecalledChain) -> [Float] {
    var means = [Float](repeating: 0, count: classCount)
    for member in members {
      for (label, probability) in member.classify(text, through: &chain).enumerated() {
        means[label] += probability * share
      }
    }
    return means
  }

  /// How much each member counts.
  private var share: Float { 1 / Float(members.count) }
}
