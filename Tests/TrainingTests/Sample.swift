import Datasets
import Tensors

/// Made-up rows whose class is the class of most of their tokens.
struct Sample {
  var tokens: [[Int32]] = []
  var labels: [Int32] = []
  static let vocabularySize = 30
  static let classCount = 3

  init(rows: Int, seed: UInt64 = 1) {
    var random = RandomSource(seed: seed)
    for _ in 0..<rows {
      let label = random.index(below: Self.classCount)
      let length = 1 + random.index(below: 12)
      labels.append(Int32(label))
      tokens.append(
        (0..<length).map { _ in
          let group = random.uniform() < 0.7 ? label : random.index(below: Self.classCount)
          return Int32(group + Self.classCount * random.index(below: 9) + 1)
        })
    }
  }

  var examples: Examples<ClassificationBatch> {
    Examples(rows: tokens, labels: labels, padding: 0)
  }
}

extension ParameterBuffer {
  /// Every value, to be compared bit by bit.
  var bits: [UInt32] { flat.indices.map { flat[$0].bitPattern } }
}
