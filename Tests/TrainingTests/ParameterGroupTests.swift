import Datasets
import Diagnostics
import Fixtures
import Tensors
import Testing
import Training

/// Parameters that are frozen, or learn at a rate of their own.
struct ParameterGroupTests {
  private static let model = MeanClassifier(
    vocabularySize: Sample.vocabularySize, classCount: Sample.classCount, dropProbability: 0.3)
  private static let examples = Sample(rows: 50).examples

  private func train(
    _ rates: [ParameterRate], rule: any UpdateRule = Adam(), peak: Double = 0.05,
    clip: Double? = nil,
    epochs: Int = 2, cores: Int = 1, checkpoints: Checkpoints? = nil,
    shouldStop: () -> Bool = { false }, observe: (TrainingEvent) -> Void = { _ in }
  ) throws -> FitResult {
    let options = TrainingOptions(
      epochs: epochs, rule: rule, schedule: Schedule(peak: peak), clipNorm: clip,
      batchLimit: BatchLimit(rows: 8), seed: 3, rates: rates)
    return try Trainer(Self.model, options, cores: cores, blas: .opened).fit(
      Self.examples, checkpoints: checkpoints, shouldStop: shouldStop, observe: observe)
  }

  private func bits(_ buffer: ParameterBuffer, _ name: String) throws -> [UInt32] {
    let tensor = try #require(buffer[name])
    return (0..<tensor.count).map { tensor[$0].bitPattern }
  }

  private static let rules: [any UpdateRule] = [
    SGD(momentum: 0.9, weightDecay: 0.1), NAG(momentum: 0.9, weightDecay: 0.1),
    Adam(weightDecay: 0.1), Adam(weightDecay: 0.1, decouplesDecay: true),
  ]

  @Test(arguments: rules.indices)
  func `frozen parameters keep their bytes and leave no trace in the optimiser`(
    _ rule: Int
  ) throws {
    let rule = Self.rules[rule]
    let start = ParameterBuffer(
      Self.model.layout, initializedFrom: RandomSource(seed: 3).stream("weights"))
    let state = try train([ParameterRate("table", factor: 0)], rule: rule).endState()
    #expect(try bits(state.weights, "table") == bits(start, "table"))
    #expect(try bits(state.weights, "classes.weight") != bits(start, "classes.weight"))
    for moment in state.optimizer.moments {
      #expect(try bits(moment, "table").allSatisfy { $0 == 0 })
      #expect(try bits(moment, "classes.weight").contains { $0 != 0 })
    }
  }

  @Test(arguments: rules.indices)
  func `a factor is the same as training with that rate`(_ rule: Int) throws {
    let rule = Self.rules[rule]
    func firstStep(_ rates: [ParameterRate], peak: Double) throws -> ParameterBuffer {
      var steps = 0
      let result = try train(
        rates, rule: rule, peak: peak,
        shouldStop: {
          defer { steps += 1 }
          return steps == 1
        })
      guard case .stopped(let state?) = result else { throw Diagnostic(.init("not stopped")) }
      return state.weights
    }
    let (whole, half) = (try firstStep([], peak: 0.05), try firstStep([], peak: 0.025))
    let mixed = try firstStep([ParameterRate("classes.*", factor: 0.5)], peak: 0.05)
    #expect(try bits(mixed, "table") == bits(whole, "table"))
    #expect(try bits(mixed, "classes.weight") == bits(half, "classes.weight"))
    #expect(try bits(mixed, "classes.bias") == bits(half, "classes.bias"))
    #expect(try bits(whole, "classes.weight") != bits(half, "classes.weight"))
  }

  @Test func `a step of a group is worked out by hand`() throws {
    var layout = ParameterLayout()
    let slow = layout.add("slow", [2], .constant(1))
    let still = layout.add("still", [1], .constant(1))
    let weights = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 0))
    let gradient = ParameterBuffer(layout)
    gradient.flat.fill(2)
    var optimizer = Optimizer(SGD(), layout: layout)
    optimizer.step(
      weights, along: gradient, rate: 0.5,
      groups: try ParameterGroups(
        [ParameterRate("slow", factor: 0.25), ParameterRate("still", factor: 0)], in: layout),
      cores: 1)
    #expect(weights[slow][0] == 1 - 0.5 * 0.25 * 2)
    #expect(weights[slow][1] == 0.75)
    #expect(weights[still][0] == 1)
  }

  @Test func `rates of 1 change no byte`() throws {
    let plain = try train([], clip: 0.2).endState()
    let paced = try train([ParameterRate("*", factor: 1)], clip: 0.2).endState()
    #expect(plain.weights.bits == paced.weights.bits)
    #expect(plain.history == paced.history)
  }

  @Test func `the norm that is clipped is that of what is trained`() throws {
    let batch = try Self.examples.batch(ArraySlice(0..<20))
    let weights = ParameterBuffer(
      Self.model.layout, initializedFrom: RandomSource(seed: 4))
    func gradient(_ rates: [ParameterRate]) throws -> (ShardedGradient, norm: Double) {
      let gradient = ShardedGradient(
        of: Self.model, shards: 2, groups: try ParameterGroups(rates, in: Self.model.layout),
        blas: .opened)
      let found = gradient.compute(
        Self.model, batch, weights, random: RandomSource(seed: 5), cores: 1)
      return (gradient, found.norm)
    }
    let whole = try gradient([])
    func square(_ name: String) throws -> Double {
      let tensor = try #require(whole.0.mean[name])
      return (0..<tensor.count).reduce(0) {
        $0 + Double(tensor[$1]) * Double(tensor[$1])
      }
    }
    let head = try (square("classes.weight") + square("classes.bias")).squareRoot()
    let found = try gradient([ParameterRate("table", factor: 0)]).norm
    #expect(abs(found - head) < 1e-12)
    #expect(found < whole.norm)
    let slow = try gradient([ParameterRate("table", factor: 0.1)]).norm
    #expect(slow == whole.norm)
  }

  @Test(arguments: [1, 9])
  func `stopped and resumed is never stopped, on any number of cores`(_ step: Int) throws {
    let folder = try TemporaryFolder()
    let rates = [ParameterRate("table", factor: 0), ParameterRate("*.bias", factor: 0.3)]
    let checkpoints = try folder.checkpoints("paced")
    var asked = 0
    _ = try train(
      rates, clip: 0.2, cores: 2, checkpoints: checkpoints,
      shouldStop: {
        defer { asked += 1 }
        return asked == step
      })
    let resumed = try train(rates, clip: 0.2, cores: 2, checkpoints: checkpoints).endState()
    let whole = try train(rates, clip: 0.2, cores: 1).endState()
    #expect(try folder.bytes(of: resumed) == folder.bytes(of: whole))
  }

  struct Refusal: CustomTestStringConvertible, Sendable {
    let rates: [ParameterRate]
    let problem: String
    var testDescription: String { problem }
  }

  @Test(arguments: [
    Refusal(
      rates: [ParameterRate("clases.*", factor: 0)],
      problem: "no parameter is named 'clases.*'; did you mean 'classes.*'?"),
    Refusal(
      rates: [ParameterRate("tabel", factor: 2)],
      problem: "no parameter is named 'tabel'; did you mean 'table'?"),
    Refusal(
      rates: [ParameterRate("*.weight", factor: 0.5), ParameterRate("classes.*", factor: 0)],
      problem: "'*.weight' and 'classes.*' give the parameter 'classes.weight' different rates"),
    Refusal(
      rates: [ParameterRate("*", factor: 0)],
      problem: "every parameter is frozen: there is nothing to train"),
  ])
  func `patterns that make no sense are refused`(_ refusal: Refusal) throws {
    let error = #expect(throws: Diagnostic.self) { _ = try train(refusal.rates) }
    #expect(error?.message.problem == refusal.problem)
  }

  @Test(arguments: [
    ("*", "a.b", true), ("a.*", "a.b.c", true), ("a.*", "ab", false), ("*.b", "a.a.b", true),
    ("a*b*c", "abbbc", true), ("a*b*c", "acb", false), ("", "", true), ("", "a", false),
    ("a", "A", false), ("*a*", "bab", true), ("**", "x", true), ("a*", "a", true),
  ])
  func `a star stands for any letters`(_ pattern: String, _ name: String, _ isMatch: Bool) {
    #expect(NamePattern(pattern).matches(name) == isMatch)
  }
}
