import Glibc

/// The log-loss of rows with one class each: of a softmax, or for two classes of a logistic function.
///
/// With two classes a row has one output, the logarithm of the odds for class 1.
package struct ClassLoss: Sendable {
  private static let rowsPerBlock = 512

  let labels: [Int32]
  let classCount: Int
  /// What a row of each class counts for.
  let rowWeights: [Double]

  package init(labels: [Int32], classCount: Int, rowWeights: [Double]) {
    precondition(
      rowWeights.count == classCount, "\(rowWeights.count) weights of \(classCount) classes")
    self.labels = labels
    self.classCount = classCount
    self.rowWeights = rowWeights
  }

  package var outputCount: Int { classCount == 2 ? 1 : classCount }

  /// Outputs of a row as they lie in memory; beyond the real ones all is zero.
  package var width: Int { outputCount == 1 ? 1 : (outputCount + 3) / 4 * 4 }

  /// The loss on the line `z + t · d`, and its derivative by t.
  ///
  /// - Parameters:
  ///   - outputs: z [rows × width].
  ///   - direction: d [rows × width].
  ///   - residual: becomes the derivative by the outputs [rows × width].
  package func evaluate(
    _ outputs: Vector, along direction: Vector, by t: Double, residual: Vector, cores: Int
  ) -> (value: Double, slope: Double) {
    let blockCount = (labels.count + Self.rowsPerBlock - 1) / Self.rowsPerBlock
    let values = Vector(count: blockCount)
    let slopes = Vector(count: blockCount)
    Vector.forEachBlock(of: labels.count, size: Self.rowsPerBlock, cores: cores) { rows in
      var (value, slope) = (0.0, 0.0)
      for row in rows {
        let label = Int(labels[row])
        let start = row &* width
        let weight = rowWeights[label]
        value +=
          weight
          * (width == 1
            ? logistic(outputs, direction, t, at: start, label, weight, residual, &slope)
            : softmax(outputs, direction, t, at: start, label, weight, residual, &slope))
      }
      values[rows.lowerBound / Self.rowsPerBlock] = value
      slopes[rows.lowerBound / Self.rowsPerBlock] = slope
    }
    return (values.sum, slopes.sum)
  }

  /// −log σ(±z) of one row.
  private func logistic(
    _ outputs: Vector, _ direction: Vector, _ t: Double, at place: Int, _ label: Int,
    _ weight: Double, _ residual: Vector, _ slope: inout Double
  ) -> Double {
    if classCount < 2 { return 0 }
    let z = outputs[place] + t * direction[place]
    let small = exp(-abs(z))
    let probability = z >= 0 ? 1 / (1 + small) : small / (1 + small)
    let difference = weight * (label == 1 ? probability - 1 : probability)
    residual[place] = difference
    slope += difference * direction[place]
    return log1p(small) + max(0, label == 1 ? -z : z)
  }

  /// −log softmax(z)[label] of one row.
  private func softmax(
    _ outputs: Vector, _ direction: Vector, _ t: Double, at start: Int, _ label: Int,
    _ weight: Double, _ residual: Vector, _ slope: inout Double
  ) -> Double {
    var largest = -Double.infinity
    for k in 0..<classCount {
      let z = outputs[start &+ k] + t * direction[start &+ k]
      residual[start &+ k] = z
      largest = max(largest, z)
    }
    let own = residual[start &+ label]
    var sum = 0.0
    for k in 0..<classCount {
      let power = exp(residual[start &+ k] - largest)
      residual[start &+ k] = power
      sum += power
    }
    for k in 0..<classCount {
      let probability = residual[start &+ k] / sum
      let difference = weight * (k == label ? probability - 1 : probability)
      residual[start &+ k] = difference
      slope += difference * direction[start &+ k]
    }
    return log(sum) + largest - own
  }
}

extension ClassLoss {
  /// The second derivative of the loss by the outputs, times a change of them.
  ///
  /// - Parameters:
  ///   - residual: the derivative by the outputs, which tells the probabilities [rows × width].
  ///   - change: a change of the outputs [rows × width].
  ///   - product: becomes what it changes of the derivative [rows × width].
  package func curvature(
    of residual: Vector, along change: Vector, into product: Vector, cores: Int
  ) {
    Vector.forEachBlock(of: labels.count, size: Self.rowsPerBlock, cores: cores) { rows in
      for row in rows {
        let weight = rowWeights[Int(labels[row])]
        let start = row &* width
        if weight == 0 {
          for k in 0..<width { product[start &+ k] = 0 }
        } else if width == 1 {
          // Both classes' probabilities: one is what is lacking from the other.
          let lack = abs(residual[row]) / weight
          product[row] = weight * lack * (1 - lack) * change[row]
        } else {
          softmaxCurvature(residual, change, product, at: start, Int(labels[row]), weight)
        }
      }
    }
  }

  /// w · (p ∘ c − p (p · c)) of one row.
  private func softmaxCurvature(
    _ residual: Vector, _ change: Vector, _ product: Vector, at start: Int, _ label: Int,
    _ weight: Double
  ) {
    var mean = 0.0
    for k in 0..<classCount {
      let probability = residual[start &+ k] / weight + (k == label ? 1 : 0)
      product[start &+ k] = probability
      mean += probability * change[start &+ k]
    }
    for k in 0..<classCount {
      product[start &+ k] *= weight * (change[start &+ k] - mean)
    }
  }
}
