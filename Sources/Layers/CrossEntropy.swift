import Glibc
import Tensors

extension Tape {
  /// `−Σ_n w[l_n] · log softmax(x[n, :])[l_n]`, and `Σ_n w[l_n]` to divide it by; x[n, c] logits.
  package func crossEntropy(
    _ logits: Variable, labels: [Int32], classWeights: [Float] = []
  ) -> Loss {
    let classes = logits.columns
    precondition(labels.count == logits.rows, "\(labels.count) labels of \(logits.rows) rows")
    precondition(
      classWeights.isEmpty || classWeights.count == classes,
      "\(classWeights.count) class weights of \(classes) classes")
    precondition(
      labels.allSatisfy { 0 <= $0 && $0 < classes }, "a label is not in 0..<\(classes)")
    let probabilities = softmax(logits)
    var loss = Loss()
    let x = logits.value
    for row in labels.indices {
      let weight = classWeights.isEmpty ? 1 : classWeights[Int(labels[row])]
      loss.sum -=
        Double(weight) * logProbability(of: Int(labels[row]), in: x, row: row, classes: classes)
      loss.weight += Double(weight)
    }
    record { tape in
      let (dx, adds) = tape.incomingGradient(of: logits)
      for row in labels.indices {
        let label = Int(labels[row])
        let weight = classWeights.isEmpty ? 1 : classWeights[label]
        for c in 0..<classes {
          let i = row * classes + c
          let d = weight * (probabilities[i] - (c == label ? 1 : 0))
          dx[i] = adds ? dx[i] + d : d
        }
      }
    }
    return loss
  }

  /// `y[n, c] = exp(x[n, c]) / Σ_k exp(x[n, k])`; not recorded.
  package func softmax(_ logits: Variable) -> Tensor {
    let result = arena.tensor(rows: logits.rows, columns: logits.columns)
    let (x, y) = (logits.value, result)
    for row in 0..<logits.rows {
      let range = row * logits.columns..<(row + 1) * logits.columns
      var largest = -Float.infinity
      for i in range { largest = max(largest, x[i]) }
      var sum: Float = 0
      for i in range {
        y[i] = exp(x[i] - largest)
        sum += y[i]
      }
      for i in range { y[i] /= sum }
    }
    return result
  }
}

private func logProbability(
  of label: Int, in x: Tensor, row: Int, classes: Int
) -> Double {
  let range = row * classes..<(row + 1) * classes
  var largest = -Float.infinity
  for i in range { largest = max(largest, x[i]) }
  var sum = 0.0
  for i in range { sum += exp(Double(x[i] - largest)) }
  return Double(x[row * classes + label] - largest) - log(sum)
}
