import Diagnostics
import Glibc

/// The training of a fastText classifier: stochastic gradient descent, one row at a time.
///
/// Joulin, Grave, Bojanowski and Mikolov, Bag of Tricks for Efficient Text Classification (2017). The
/// rate falls linearly to zero over all inputs of all epochs; the softmax is over all classes. Rows
/// follow each other on one core, so the model does not depend on the number of cores.
package struct FastText: Hashable, Sendable {
  package var width = 16
  package var epochs = 5
  package var learningRate: Float = 0.5

  package init() {}

  /// How far a training has come.
  package struct Progress: Hashable, Sendable {
    package let epoch: Int
    /// From 0 to 1, over all epochs.
    package let fraction: Double
    /// The mean loss of the epoch's rows so far.
    package let loss: Double
  }

  /// Trains a model on rows with a class each.
  ///
  /// - Parameters:
  ///   - rows: the numbers of each row's inputs.
  ///   - labels: the class of each row.
  ///   - random: for the first vectors and the order of the rows.
  ///   - goesOn: told every few thousand rows; false stops the training.
  /// - Returns: the model and the last epoch's mean loss; nil when it was stopped.
  package func fit(
    _ rows: FastTextRows, inputCount: Int, labels: [Int32], classCount: Int,
    using random: inout some RandomNumberGenerator, goesOn: (Progress) -> Bool = { _ in true }
  ) throws(Diagnostic) -> (model: FastTextModel, loss: Double)? {
    precondition(labels.count == rows.count, "\(labels.count) labels of \(rows.count) rows")
    var model = FastTextModel(width: width, inputCount: inputCount, classCount: classCount)
    draw(&model, using: &random)
    var step = Step(model)
    let total = Double(max(1, rows.inputTotal * epochs))
    var (seen, loss) = (0, 0.0)
    var order = Array(0..<Int32(rows.count))
    for epoch in 1...max(1, epochs) {
      shuffle(&order, using: &random)
      loss = 0
      for (place, row) in order.enumerated() {
        let inputs = try rows.inputs(of: Int(row))
        let rate = learningRate * Float(1 - Double(seen) / total)
        loss += step.take(inputs, label: Int(labels[Int(row)]), rate: rate, &model)
        seen += inputs.count
        if place % 4096 == 4095 || place + 1 == order.count {
          let progress = Progress(
            epoch: epoch, fraction: Double(seen) / total, loss: loss / Double(place + 1))
          if !goesOn(progress) { return nil }
        }
      }
    }
    return (model, loss / Double(max(1, rows.count)))
  }

  /// Draws the inputs' vectors evenly from −1/width to 1/width; the classes' begin at zero.
  private func draw(_ model: inout FastTextModel, using random: inout some RandomNumberGenerator) {
    for input in 0..<model.inputCount {
      for place in 0..<width {
        let share = Float(random.next() >> 40) / Float(1 << 24)
        model.inputs[input * model.blockCount + place / 8][place % 8] =
          (2 * share - 1) / Float(width)
      }
    }
  }

  /// A Fisher–Yates shuffle of our own, because the order is part of what a training gives.
  private func shuffle(_ order: inout [Int32], using random: inout some RandomNumberGenerator) {
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(random.next().multipliedFullWidth(by: UInt64(last + 1)).high))
    }
  }

  /// One step down the gradient of a row, with what it needs room for.
  private struct Step {
    private var mean: [FastTextModel.Block]
    private var change: [FastTextModel.Block]
    private var probabilities: [Float]

    init(_ model: FastTextModel) {
      mean = Array(repeating: .zero, count: model.blockCount)
      change = mean
      probabilities = Array(repeating: 0, count: model.classCount)
    }

    /// - Returns: the loss before the step.
    mutating func take(
      _ row: ArraySlice<Int32>, label: Int, rate: Float, _ model: inout FastTextModel
    ) -> Double {
      guard !row.isEmpty else { return log(Double(model.classCount)) }
      model.mean(of: row, into: &mean)
      model.probabilities(of: mean, into: &probabilities)
      for block in 0..<model.blockCount { change[block] = .zero }
      for k in 0..<model.classCount {
        let factor = rate * ((k == label ? 1 : 0) - probabilities[k])
        for block in 0..<model.blockCount {
          let place = k &* model.blockCount &+ block
          change[block] += factor * model.outputs[place]
          model.outputs[place] += factor * mean[block]
        }
      }
      let share = 1 / Float(row.count)
      for block in 0..<model.blockCount { change[block] *= share }
      for input in row {
        let start = Int(input) &* model.blockCount
        for block in 0..<model.blockCount { model.inputs[start &+ block] += change[block] }
      }
      return -log(Double(max(probabilities[label], .leastNormalMagnitude)))
    }
  }
}
