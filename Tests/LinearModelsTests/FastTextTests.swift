import LinearModels
import Testing

@Suite struct FastTextTests {
  /// SplitMix64.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
  }

  private static func inputs(
    _ words: [String], ngrams: Int = 1, characters: ClosedRange<Int>? = nil, buckets: Int = 1 << 20
  ) -> FastTextInputs {
    FastTextInputs(
      words: words.map { Array($0.utf8) },
      .init(bucketCount: buckets, longestNGram: ngrams, characters: characters))
  }

  @Test func `a row is its words and its n-grams, but none over what is left out`() {
    let inputs = Self.inputs(["a", "b"], ngrams: 2)
    let numbers = inputs.numbers(of: [0, 1, 0].span)
    #expect(numbers.prefix(3) == [0, 1, 0])
    #expect(numbers.count == 5 && numbers.suffix(2).allSatisfy { $0 >= 2 && $0 < inputs.count })
    #expect(inputs.numbers(of: [0, TokenLists.leftOut, 1].span) == [0, 1])
  }

  @Test func `words that are alike share n-grams of characters`() {
    let inputs = Self.inputs(["café", "cafés", "zoo", "é"], characters: 3...4)
    func buckets(_ word: Int32) -> Set<Int32> {
      Set(inputs.numbers(of: [word].span).dropFirst())
    }
    // <ca caf afé fé> and <caf café afé>: characters, not bytes.
    #expect(inputs.numbers(of: [0].span).count == 1 + 4 + 3)
    #expect(buckets(0).intersection(buckets(1)).count == 5)
    #expect(buckets(0).isDisjoint(with: buckets(2)))
    #expect(inputs.numbers(of: [3].span).count == 1 + 1)
  }

  @Test func `it learns which words stand for a class, the same with the same numbers`() throws {
    let data = SyntheticRows(count: 300, classCount: 3, words: 20)
    let inputs = Self.inputs((0..<23).map { "word\($0)" }, ngrams: 2, buckets: 512)
    let rows = try FastTextRows(count: data.tokens.count) {
      inputs.numbers(of: data.tokens.row($0).span)
    }
    var training = FastText()
    training.width = 9
    training.epochs = 20
    func fit(_ seed: UInt64) throws -> (model: FastTextModel, loss: Double) {
      var numbers = Numbers(state: seed)
      return try #require(
        try training.fit(
          rows, inputCount: inputs.count, labels: data.labels, classCount: 3, using: &numbers))
    }
    let (model, loss) = try fit(1)
    #expect(loss < 0.5)
    for label in 0..<3 as Range<Int32> {
      let answer = model.probabilities(inputs.numbers(of: [label, label].span))
      #expect(answer[Int(label)] > 0.8)
    }
    #expect(try fit(1).model.inputValues == model.inputValues)
    #expect(try fit(2).model.inputValues != model.inputValues)
    let again = FastTextModel(
      width: 9, inputs: model.inputValues, outputs: model.outputValues)
    #expect(again.probabilities([0, 4]) == model.probabilities([0, 4]))
    #expect(model.probabilities([]).allSatisfy { abs($0 - 1 / 3) < 1e-6 })
  }

  @Test func `a training that is stopped gives nothing`() throws {
    var numbers = Numbers(state: 1)
    let fit = try FastText().fit(
      FastTextRows(count: 2) { [Int32($0)] }, inputCount: 2, labels: [0, 1], classCount: 2,
      using: &numbers
    ) { _ in false }
    #expect(fit == nil)
  }
}
