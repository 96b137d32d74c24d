import Tensors
import Testing
import Training

/// An optimiser's formula for one weight, as its authors write it.
private protocol ScalarRule {
  mutating func step(_ weight: Double, _ gradient: Double, rate: Double, number: Int) -> Double
}

private struct ScalarSGD: ScalarRule {
  let momentum: Double
  let decay: Double
  var buffer = 0.0

  mutating func step(_ weight: Double, _ gradient: Double, rate: Double, number: Int) -> Double {
    let slope = gradient + decay * weight
    buffer = number == 1 ? slope : momentum * buffer + slope
    return weight - rate * buffer
  }
}

/// fairseq's `optim/nag.py`, line by line.
private struct ScalarNAG: ScalarRule {
  let momentum: Double
  let decay: Double
  var buffer = 0.0
  var oldRate: Double?

  mutating func step(_ weight: Double, _ gradient: Double, rate: Double, number: Int) -> Double {
    let correction = rate / (oldRate ?? rate)
    var weight = weight * (1 - rate * decay)
    weight += momentum * momentum * correction * buffer
    weight += -(1 + momentum) * rate * gradient
    buffer = buffer * momentum * correction - rate * gradient
    oldRate = rate
    return weight
  }
}

private struct ScalarAdam: ScalarRule {
  let decay: Double
  let isDecoupled: Bool
  var isCorrected = true
  var mean = 0.0
  var variance = 0.0

  mutating func step(_ weight: Double, _ gradient: Double, rate: Double, number: Int) -> Double {
    let slope = isDecoupled ? gradient : gradient + decay * weight
    var weight = isDecoupled ? weight * (1 - rate * decay) : weight
    mean = 0.9 * mean + 0.1 * slope
    variance = 0.999 * variance + 0.001 * slope * slope
    let (c1, c2) = isCorrected ? (1 - power(0.9, number), 1 - power(0.999, number)) : (1, 1)
    weight -= rate / c1 * mean / (variance.squareRoot() / c2.squareRoot() + 1e-8)
    return weight
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}

private struct ScalarAdadelta: ScalarRule {
  let decay: Double
  var squares = 0.0
  var moves = 0.0

  mutating func step(_ weight: Double, _ gradient: Double, rate: Double, number: Int) -> Double {
    let slope = gradient + decay * weight
    squares = 0.95 * squares + 0.05 * slope * slope
    let move = (moves + 1e-6).squareRoot() / (squares + 1e-6).squareRoot() * slope
    moves = 0.95 * moves + 0.05 * move * move
    return weight - rate * move
  }
}

struct OptimizerTests {
  private static func buffer(_ count: Int, _ value: (Int) -> Float) -> ParameterBuffer {
    var layout = ParameterLayout()
    let place = layout.add("weight", [count], .constant(0))
    let buffer = ParameterBuffer(layout)
    let values = buffer[place]
    for i in 0..<count { values[i] = value(i) }
    return buffer
  }

  private static func weight(_ i: Int) -> Float { Float(i % 17) / 8 - 1 }
  private static func gradient(_ i: Int, _ step: Int) -> Float {
    Float((i * step) % 23) / 10 - 1.03
  }
  private static let rates = [0.1, 0.1, 0.05, 0.01, 0.02, 0.02]

  /// Compares a rule with its scalar twin over several steps of changing rates.
  private func agree(_ rule: any UpdateRule, _ twin: some ScalarRule) -> Bool {
    let count = 40
    let weights = Self.buffer(count, Self.weight)
    var optimizer = Optimizer(rule, layout: weights.layout)
    var expected = (0..<count).map { Double(Self.weight($0)) }
    var twins = [_](repeating: twin, count: count)
    for (index, rate) in Self.rates.enumerated() {
      let gradient = Self.buffer(count) { Self.gradient($0, index + 1) * 2 }
      optimizer.step(weights, along: gradient, rate: rate, gradientScale: 0.5, cores: 1)
      for i in 0..<count {
        expected[i] = twins[i].step(
          expected[i], Double(Self.gradient(i, index + 1)), rate: rate, number: index + 1)
      }
    }
    let found = weights.flat
    return (0..<count).allSatisfy { abs(Double(found[$0]) - expected[$0]) < 1e-5 }
  }

  @Test func `SGD moves as its formula says`() {
    #expect(agree(SGD(), ScalarSGD(momentum: 0, decay: 0)))
    #expect(agree(SGD(weightDecay: 0.1), ScalarSGD(momentum: 0, decay: 0.1)))
    #expect(agree(SGD(momentum: 0.9, weightDecay: 0.1), ScalarSGD(momentum: 0.9, decay: 0.1)))
  }

  @Test func `NAG moves as fairseq's formula says, its momentum scaled when the rate changes`() {
    #expect(agree(NAG(), ScalarNAG(momentum: 0.99, decay: 0)))
    #expect(agree(NAG(momentum: 0.9, weightDecay: 0.1), ScalarNAG(momentum: 0.9, decay: 0.1)))
  }

  @Test func `Adam and AdamW move as their formulas say`() {
    #expect(agree(Adam(), ScalarAdam(decay: 0, isDecoupled: false)))
    #expect(agree(Adam(weightDecay: 0.1), ScalarAdam(decay: 0.1, isDecoupled: false)))
    #expect(
      agree(Adam(weightDecay: 0.1, decouplesDecay: true), ScalarAdam(decay: 0.1, isDecoupled: true))
    )
  }

  @Test
  func `Adam without the correction of its bias divides by nothing, as Google's code for BERT`() {
    #expect(
      agree(
        Adam(weightDecay: 0.01, decouplesDecay: true, correctsBias: false),
        ScalarAdam(decay: 0.01, isDecoupled: true, isCorrected: false)))
  }

  @Test func `Adadelta moves as its formula says`() {
    #expect(agree(Adadelta(), ScalarAdadelta(decay: 0)))
    #expect(agree(Adadelta(weightDecay: 0.1), ScalarAdadelta(decay: 0.1)))
  }

  @Test(arguments: [SGD(momentum: 0.9), NAG(), Adam(), Adadelta()] as [any UpdateRule])
  func `more cores give the same bits`(_ rule: any UpdateRule) {
    let count = 100_003
    func trained(cores: Int) -> [Float] {
      let weights = Self.buffer(count, Self.weight)
      var optimizer = Optimizer(rule, layout: weights.layout)
      for step in 1...3 {
        let gradient = Self.buffer(count) { Self.gradient($0, step) }
        optimizer.step(weights, along: gradient, rate: 0.01, cores: cores)
      }
      let values = weights.flat
      return values.indices.map { values[$0] }
    }
    #expect(trained(cores: 1) == trained(cores: 2))
  }

  @Test func `clipping shortens a gradient that is longer than the limit and no other`() {
    #expect(clipCoefficient(norm: 0.05, limit: 0.1) == 1)
    #expect(clipCoefficient(norm: 0, limit: 0.1) == 1)
    #expect(abs(clipCoefficient(norm: 2, limit: 0.1) - 0.1 / (2 + 1e-6)) < 1e-8)
  }
}
