import Glibc

/// A vector for each input and each class: a row's classes follow from the mean of its vectors.
package struct FastTextModel: Sendable {
  typealias Block = SIMD8<Float>

  package let width: Int
  package let classCount: Int
  /// Blocks of a vector, whose last numbers may be beyond its width and are zero then.
  let blockCount: Int
  /// [inputs × blocks], input by input.
  var inputs: [Block]
  /// [classes × blocks], class by class.
  var outputs: [Block]

  package var inputCount: Int { inputs.count / blockCount }

  /// All zero.
  init(width: Int, inputCount: Int, classCount: Int) {
    precondition(width > 0, "vectors of \(width) numbers")
    self.width = width
    self.classCount = classCount
    blockCount = (width + Block.scalarCount - 1) / Block.scalarCount
    inputs = [Block](repeating: .zero, count: inputCount * blockCount)
    outputs = [Block](repeating: .zero, count: classCount * blockCount)
  }

  /// Reads a model back.
  ///
  /// - Parameters:
  ///   - inputs: [inputs × width], a whole number of vectors.
  ///   - outputs: [classes × width]
  package init(width: Int, inputs: [Float], outputs: [Float]) {
    precondition(
      inputs.count % width == 0 && outputs.count % width == 0,
      "\(inputs.count) and \(outputs.count) numbers in vectors of \(width)")
    self.init(
      width: width, inputCount: inputs.count / width, classCount: outputs.count / width)
    for place in inputs.indices {
      self.inputs[place / width * blockCount + place % width / 8][place % width % 8] =
        inputs[place]
    }
    for place in outputs.indices {
      self.outputs[place / width * blockCount + place % width / 8][place % width % 8] =
        outputs[place]
    }
  }

  /// [inputs × width], input by input.
  package var inputValues: [Float] { values(inputs) }

  /// [classes × width], class by class.
  package var outputValues: [Float] { values(outputs) }

  private func values(_ blocks: [Block]) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(blocks.count / blockCount * width)
    for first in stride(from: 0, to: blocks.count, by: blockCount) {
      for place in 0..<width { values.append(blocks[first + place / 8][place % 8]) }
    }
    return values
  }

  /// The mean of a row's vectors; zero for a row without any.
  func mean(of row: ArraySlice<Int32>, into mean: inout [Block]) {
    for block in 0..<blockCount { mean[block] = .zero }
    for input in row {
      let start = Int(input) &* blockCount
      for block in 0..<blockCount { mean[block] += inputs[start &+ block] }
    }
    guard !row.isEmpty else { return }
    let share = 1 / Float(row.count)
    for block in 0..<blockCount { mean[block] *= share }
  }

  /// The probability of each class for a mean.
  func probabilities(of mean: [Block], into probabilities: inout [Float]) {
    var largest = -Float.infinity
    for label in 0..<classCount {
      var sum = Block.zero
      for block in 0..<blockCount { sum += mean[block] * outputs[label &* blockCount &+ block] }
      probabilities[label] = sum.sum()
      largest = max(largest, probabilities[label])
    }
    var total: Float = 0
    for label in 0..<classCount {
      probabilities[label] = exp(probabilities[label] - largest)
      total += probabilities[label]
    }
    for label in 0..<classCount { probabilities[label] /= total }
  }

  /// The probability of each class for a row of inputs.
  package func probabilities(_ row: [Int32]) -> [Float] {
    var mean = [Block](repeating: .zero, count: blockCount)
    var probabilities = [Float](repeating: 0, count: classCount)
    self.mean(of: row[...], into: &mean)
    self.probabilities(of: mean, into: &probabilities)
    return probabilities
  }
}
