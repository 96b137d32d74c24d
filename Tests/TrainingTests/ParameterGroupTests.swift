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
    _ rates: [ParameterRate], strategy: [ParameterRate] = [], undecayed: [String] = [],
    rule: any UpdateRule = Adam(), peak: Double = 0.05, clip: Double? = nil, epochs: Int = 2,
    cores: Int = 1, checkpoints: Checkpoints? = nil,
    shouldStop: () -> Bool = { false }, observe: (TrainingEvent) -> Void = { _ in }
  ) throws -> FitResult {
    let options = TrainingOptions(
      epochs: epochs, rule: rule, schedule: Schedule(peak: peak), clipNorm: clip,
      batchLimit: BatchLimit(rows: 8), seed: 3, rates: rates, strategy: strategy,
      undecayed: undecayed.map { NamePattern($0) })
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

  @Test(arguments: rules.indices)
  func `parameters that no decay shrinks move as without decay, the others with it`(
    _ rule: Int
  ) throws {
    let plain: [any UpdateRule] = [
      SGD(momentum: 0.9), NAG(momentum: 0.9), Adam(), Adam(decouplesDecay: true),
    ]
    func step(_ rule: any UpdateRule, _ undecayed: [String]) throws -> ParameterBuffer {
      let weights = ParameterBuffer(Self.model.layout, initializedFrom: RandomSource(seed: 1))
      let gradient = ParameterBuffer(Self.model.layout, initializedFrom: RandomSource(seed: 2))
      var optimizer = Optimizer(rule, layout: Self.model.layout)
      optimizer.step(
        weights, along: gradient, rate: 0.1,
        groups: try ParameterGroups(
          [], undecayed: undecayed.map { NamePattern($0) }, in: Self.model.layout), cores: 2)
      return weights
    }
    let decayed = try step(Self.rules[rule], [])
    let mixed = try step(Self.rules[rule], ["classes.*"])
    let free = try step(plain[rule], [])
    #expect(try bits(mixed, "table") == bits(decayed, "table"))
    #expect(try bits(mixed, "classes.weight") == bits(free, "classes.weight"))
    #expect(try bits(decayed, "classes.weight") != bits(free, "classes.weight"))
  }

  @Test func `a strategy's rates are multiplied by those that are given`() throws {
    let both = try train(
      [ParameterRate("*.weight", factor: 0.5)], strategy: [ParameterRate("classes.*", factor: 0.5)]
    ).endState()
    let product = try train(
      [ParameterRate("*.weight", factor: 0.25), ParameterRate("*.bias", factor: 0.5)]
    ).endState()
    #expect(both.weights.bits == product.weights.bits)
    let frozen = try train(
      [ParameterRate("table", factor: 3)], strategy: [ParameterRate("table", factor: 0)]
    ).endState()
    let start = ParameterBuffer(
      Self.model.layout, initializedFrom: RandomSource(seed: 3).stream("weights"))
    #expect(try bits(frozen.weights, "table") == bits(start, "table"))
  }

  /// One more parameter from the end in each epoch.
  private static let thawing = [
    ParameterRate("classes.weight", factor: 1, firstEpoch: 1),
    ParameterRate("table", factor: 0.5, firstEpoch: 2),
  ]

  @Test func `what is learnt from a later epoch on stays as it starts until then`() throws {
    let start = ParameterBuffer(
      Self.model.layout, initializedFrom: RandomSource(seed: 3).stream("weights"))
    let names = ["table", "classes.weight", "classes.bias"]
    let moved = try (1...3).map { epochs in
      let state = try train([], strategy: Self.thawing, epochs: epochs).endState()
      return try names.filter { try bits(state.weights, $0) != bits(start, $0) }
    }
    #expect(moved == [["classes.bias"], ["classes.weight", "classes.bias"], names])
  }

  @Test func `an optimiser's first step for a parameter is that of its first epoch`() throws {
    var layout = ParameterLayout()
    let late = layout.add("late", [1], .constant(1))
    _ = layout.add("early", [1], .constant(1))
    func moved(thawing: Int) throws -> Float {
      let weights = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 0))
      let groups = try ParameterGroups(
        [ParameterRate("late", factor: 1, firstEpoch: thawing)], in: layout)
      var optimizer = Optimizer(Adam(), layout: layout)
      let gradient = ParameterBuffer(layout)
      gradient.flat.fill(2)
      for epoch in 0...thawing {
        for _ in 0..<(epoch < thawing ? 10 : 1) {
          optimizer.step(
            weights, along: gradient, rate: 0.25,
            groups: groups.learning(
              inEpoch: epoch, after: [Int](repeating: 10, count: epoch)), cores: 1)
        }
      }
      return weights[late][0]
    }
    // Adam's first step is as long as the rate, whatever the gradient.
    #expect(abs(try moved(thawing: 0) - 0.75) < 1e-6)
    #expect(try moved(thawing: 2) == moved(thawing: 0))
  }

  @Test func `no gradient of a frozen table of words is recorded`() throws {
    let batch = try Self.examples.batch(ArraySlice(0..<8))
    let weights = ParameterBuffer(Self.model.layout, initializedFrom: RandomSource(seed: 4))
    let gradient = ShardedGradient(
      of: Self.model, shards: 1,
      groups: try ParameterGroups([ParameterRate("table", factor: 0)], in: Self.model.layout),
      blas: .opened)
    _ = gradient.compute(Self.model, batch, weights, random: RandomSource(seed: 5), cores: 1)
    #expect(try bits(gradient.mean, "table").allSatisfy { $0 == 0 })
    #expect(try bits(gradient.mean, "classes.weight").contains { $0 != 0 })
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

  @Test(arguments: [1, 7, 9, 14, 17])
  func `stopped and resumed is never stopped while one parameter after the other is learnt`(
    _ step: Int
  ) throws {
    let folder = try TemporaryFolder()
    let checkpoints = try folder.checkpoints("thawing")
    var asked = 0
    _ = try train(
      [], strategy: Self.thawing, epochs: 3, cores: 2, checkpoints: checkpoints,
      shouldStop: {
        defer { asked += 1 }
        return asked == step
      })
    let resumed = try train([], strategy: Self.thawing, epochs: 3, checkpoints: checkpoints)
    let whole = try train([], strategy: Self.thawing, epochs: 3)
    #expect(try folder.bytes(of: resumed.endState()) == folder.bytes(of: whole.endState()))
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
    var rates: [ParameterRate] = []
    var undecayed: [String] = []
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
    Refusal(
      rates: [ParameterRate("*", factor: 1, firstEpoch: 1)],
      problem: "every parameter is frozen: there is nothing to train"),
    Refusal(
      rates: [
        ParameterRate("table", factor: 1), ParameterRate("t*", factor: 1, firstEpoch: 1),
      ], problem: "'table' and 't*' give the parameter 'table' different rates"),
    Refusal(
      undecayed: ["*.bais"], problem: "no parameter is named '*.bais'"),
  ])
  func `patterns that make no sense are refused`(_ refusal: Refusal) throws {
    let error = #expect(throws: Diagnostic.self) {
      _ = try train(refusal.rates, undecayed: refusal.undecayed)
    }
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
