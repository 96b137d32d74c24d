import Fixtures
import Layers
import Tensors
import Testing

/// Compares recorded gradients with finite differences of the loss, for every weight of a layout.
struct GradientCheck {
  let layout: ParameterLayout
  let parameters: ParameterBuffer
  /// Computes a loss from the parameters on a tape.
  let loss: (Tape) -> Loss

  init(_ layout: ParameterLayout, deviation: Float = 0.5, loss: @escaping (Tape) -> Loss) {
    self.layout = layout
    self.loss = loss
    parameters = ParameterBuffer(layout)
    for entry in layout.entries {
      var random = RandomSource(seed: 3).stream(entry.name)
      let values = parameters[entry]
      random.fillNormal(values, deviation: deviation)
      // On grids off zero and off those of other rows: no kink of ReLU or a maximum within a step.
      for i in values.indices {
        let shift = Float(i / entry.shape.columns % 7) / 112
        values[i] = (values[i] * 16).rounded() / 16 + 1 / 32 + shift
      }
    }
  }

  /// The gradient the tape records.
  func recorded() -> ParameterBuffer {
    let gradient = ParameterBuffer(layout)
    let tape = Tape(.opened)
    tape.begin(parameters, gradient: gradient, random: RandomSource(seed: 5))
    _ = loss(tape)
    tape.backward()
    return gradient
  }

  /// Expects every gradient within `tolerance` of the difference quotient.
  func expectAgreement(
    tolerance: Float = 4e-3, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let gradient = recorded()
    for entry in layout.entries {
      var worst: Float = 0
      for i in 0..<entry.shape.count {
        let found = gradient[entry][i]
        worst = max(worst, abs(found - quotient(entry, i)) / max(1, abs(found)))
      }
      #expect(
        worst <= tolerance, "\(entry.name) is off by \(worst)", sourceLocation: sourceLocation)
    }
  }

  private func quotient(_ entry: ParameterLayout.Entry, _ index: Int) -> Float {
    let step: Float = 4e-3
    let values = parameters[entry]
    let start = values[index]
    values[index] = start + step
    let above = value(of: loss)
    values[index] = start - step
    let below = value(of: loss)
    values[index] = start
    return Float((above - below) / Double(2 * step))
  }

  /// The loss as training sees it, dropout and all.
  private func value(of loss: (Tape) -> Loss) -> Double {
    let tape = Tape(.opened)
    tape.begin(
      parameters, gradient: ParameterBuffer(layout), random: RandomSource(seed: 5))
    return loss(tape).sum
  }
}

extension Tape {
  /// A loss in which every value of `x[n, c]` has its part.
  func anyLoss(of x: Variable) -> Loss {
    crossEntropy(x, labels: (0..<x.rows).map { Int32($0 % x.columns) })
  }
}

/// Rows of several lengths, among them 1 and equal ones, that are cut or filled to the longest.
struct RaggedRows {
  let lengths: [Int32]
  let tokens: [Int32]
  var width: Int { Int(lengths.max() ?? 0) }

  init(lengths: [Int32], vocabularySize: Int) {
    self.lengths = lengths
    var random = RandomSource(seed: 11)
    let width = Int(lengths.max() ?? 0)
    tokens = lengths.flatMap { length in
      (0..<width).map { $0 < Int(length) ? Int32(1 + random.index(below: vocabularySize - 1)) : 0 }
    }
  }
}
