import Chains
import Datasets
import Diagnostics
import Tensors

/// Several trained classifiers, whose probabilities are averaged.
struct EnsembleClassifier: TrainedClassifier {
  private let members: [any TrainedClassifier]

  /// - Parameter precision: of the products with weights of networks.
  /// - Throws: when one of them is no classifier.
  init(_ models: [StoredModel], in precision: Precision = .float32) throws(Diagnostic) {
    var members: [any TrainedClassifier] = []
    for model in models { members.append(try model.classifier(in: precision)) }
    self.members = members
  }

  var longestRow: Int { members.map(\.longestRow).min() ?? .max }

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

  func probabilities(of ids: [Int32]) -> [Float] {
    mean { $0.probabilities(of: ids) }
  }

  func probabilities(of rows: [[Int32]], cores: Int) throws(Diagnostic) -> [Float] {
    try mean { (member) throws(Diagnostic) in try member.probabilities(of: rows, cores: cores) }
  }

  /// The mean of what the members give, number by number.
  private func mean<Failure: Error>(
    _ given: (any TrainedClassifier) throws(Failure) -> [Float]
  ) throws(Failure) -> [Float] {
    var means: [Float] = []
    for member in members {
      let shares = try given(member)
      if means.isEmpty { means = [Float](repeating: 0, count: shares.count) }
      for place in means.indices { means[place] += shares[place] * share }
    }
    return means
  }

  /// How much each member counts.
  private var share: Float { 1 / Float(members.count) }
}
