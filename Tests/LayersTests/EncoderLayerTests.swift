import Fixtures
import Glibc
import Layers
import Tensors
import Testing

/// The operations that encoders are made of.
struct EncoderLayerTests {
  private static let ids: [Int32] = [1, 2, 3, 4, 5, 6, 0, 2, 1]
  /// More than sixteen and more than thirty-two words as well: the sizes of vectors and of blocks.
  private static let lengths: [[Int32]] = [[4, 1, 4], [9], [1, 1, 7], [2, 17, 3], [35, 2]]

  @Test(arguments: lengths, [0, 0.3] as [Float])
  func `attention within rows, with and without dropout`(
    lengths: [Int32], dropProbability: Float
  ) {
    check(lengths, heads: 2, headWidth: 3, dropProbability: dropProbability)
  }

  @Test(arguments: [(1, 16), (2, 18), (1, 33)])
  func `attention of heads of any width`(heads: Int, headWidth: Int) {
    check([3, 5], heads: heads, headWidth: headWidth, dropProbability: 0.2)
  }

  @Test(arguments: [0, 0.3] as [Float])
  func `attention of the first words alone`(dropProbability: Float) {
    check([4, 1, 18], heads: 2, headWidth: 3, dropProbability: dropProbability, firsts: true)
  }

  private func check(
    _ lengths: [Int32], heads: Int, headWidth: Int, dropProbability: Float, firsts: Bool = false
  ) {
    var layout = ParameterLayout()
    let words = Words(lengths, width: heads * headWidth, addingTo: &layout)
    let readout = Readout(width: heads * headWidth, addingTo: &layout)
    GradientCheck(layout, deviation: 0.3) { tape in
      let rows = words.rows(on: tape)
      let queries = words.vectors(0, rows, on: tape)
      let found = tape.attend(
        firsts ? tape.firstOfEachRow(queries, rows) : queries,
        keys: words.vectors(1, rows, on: tape), values: words.vectors(2, rows, on: tape), in: rows,
        heads: heads, dropProbability: dropProbability)
      return readout.loss(of: found, on: tape)
    }.expectAgreement()
  }

  @Test(arguments: [false, true])
  func `attention is the softmax that defines it`(firsts: Bool) {
    let (heads, width) = (2, 5)
    var layout = ParameterLayout()
    let words = Words([3, 40, 1], width: heads * width, addingTo: &layout)
    let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 6))
    let tape = Tape(.opened)
    tape.begin(parameters)
    let rows = words.rows(on: tape)
    let (q, k, v) = (
      words.vectors(0, rows, on: tape), words.vectors(1, rows, on: tape),
      words.vectors(2, rows, on: tape)
    )
    let found = tape.attend(
      firsts ? tape.firstOfEachRow(q, rows) : q, keys: k, values: v, in: rows, heads: heads,
      dropProbability: 0.5)
    var asked = 0
    for row in 0..<rows.count {
      let own = rows.words(ofRow: row)
      for query in firsts ? own.lowerBound..<own.lowerBound + 1 : own {
        for head in 0..<heads {
          let columns = head * width..<(head + 1) * width
          func at(_ x: Variable, _ word: Int, _ column: Int) -> Double {
            Double(x.value[word * heads * width + column])
          }
          let powers = own.map { word in
            exp(columns.reduce(0) { $0 + at(q, query, $1) * at(k, word, $1) } / sqrt(Double(width)))
          }
          for column in columns {
            let sum = zip(own, powers).reduce(0) { $0 + $1.1 * at(v, $1.0, column) }
            let expected = sum / powers.reduce(0, +)
            #expect(abs(at(found, asked, column) - expected) < 1e-5)
          }
        }
        asked += 1
      }
    }
    #expect(asked == found.rows)
  }

  @Test func `first words find without keys and values what they find with them`() {
    var layout = ParameterLayout()
    let words = Words([3, 40, 1], width: 14, addingTo: &layout)
    func layer(_ name: String) -> LinearLayer {
      LinearLayer(
        weight: layout.add("\(name).weight", [10, 14], .normal(deviation: 0.5)),
        bias: layout.add("\(name).bias", [10], .normal(deviation: 0.5)))
    }
    let (query, key, value) = (layer("query"), layer("key"), layer("value"))
    let tape = Tape(.opened)
    tape.begin(ParameterBuffer(layout, initializedFrom: RandomSource(seed: 6)))
    let rows = words.rows(on: tape)
    let x = words.vectors(0, rows, on: tape)
    let queries = tape.linear(tape.firstOfEachRow(x, rows), query)
    let expected = tape.attend(
      queries, keys: tape.linear(x, key), values: tape.linear(x, value), in: rows, heads: 2,
      dropProbability: 0)
    let found = tape.attendFirsts(
      queries, over: x, key: key, value: value, in: rows, heads: 2
    ).value
    #expect(found.count == 30)
    for place in found.indices { #expect(abs(found[place] - expected.value[place]) < 1e-5) }
  }

  @Test(arguments: [3, 16, 19], [0, 0.3] as [Float])
  func `a normalised sum`(width: Int, dropProbability: Float) {
    var layout = ParameterLayout()
    let words = Words([3, 2], width: width, addingTo: &layout)
    let norm = layout.addNorm(width)
    let readout = Readout(width: width, addingTo: &layout)
    GradientCheck(layout) { tape in
      let rows = words.rows(on: tape)
      let sum = tape.normalize(
        words.vectors(0, rows, on: tape), adding: words.vectors(1, rows, on: tape),
        dropProbability: dropProbability, by: norm)
      return readout.loss(of: sum, on: tape)
    }.expectAgreement()
  }

  @Test func `a normalised row has its gain as deviation and its bias as mean`() {
    var layout = ParameterLayout()
    let words = Words([4], width: 37, addingTo: &layout)
    let norm = layout.addNorm(37)
    let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 3))
    parameters[norm.gain].fill(3)
    parameters[norm.bias].fill(-2)
    let tape = Tape(.opened)
    tape.begin(parameters)
    let y = tape.normalize(words.vectors(0, words.rows(on: tape), on: tape), by: norm).value
    for row in 0..<y.rows {
      let values = (0..<37).map { Double(y[row * 37 + $0]) }
      let mean = values.reduce(0, +) / 37
      #expect(abs(mean + 2) < 1e-5)
      #expect(abs(values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 37 - 9) < 1e-3)
    }
  }

  @Test(arguments: ActivationFunction.allCases, [false, true])
  func `a linear layer that squashes, with and without an adapter`(
    function: ActivationFunction, hasAdapter: Bool
  ) {
    var layout = ParameterLayout()
    let words = Words([3, 2], width: 6, addingTo: &layout)
    let layer = layout.addLayer(from: 6, to: 5, adapter: hasAdapter)
    GradientCheck(layout) { tape in
      let rows = words.rows(on: tape)
      let inside = tape.linear(words.vectors(0, rows, on: tape), layer, by: function)
      return tape.anyLoss(of: inside)
    }.expectAgreement()
  }

  @Test func `an adapter adds its scaled product to the weight`() {
    var layout = ParameterLayout()
    let words = Words([3, 2], width: 6, addingTo: &layout)
    let layer = layout.addLayer(from: 6, to: 5, adapter: true)
    let check = GradientCheck(layout) { tape in
      tape.anyLoss(of: tape.linear(words.vectors(0, words.rows(on: tape), on: tape), layer))
    }
    check.expectAgreement()
    let parameters = check.parameters
    func values(on tape: Tape, _ layer: LinearLayer) -> [Float] {
      tape.begin(parameters)
      let y = tape.linear(words.vectors(0, words.rows(on: tape), on: tape), layer).value
      return y.indices.map { y[$0] }
    }
    let adapted = values(on: Tape(.opened), layer)
    let weight = parameters[layer.weight]
    for row in 0..<5 {
      for column in 0..<6 {
        for k in 0..<2 {
          weight[row * 6 + column] +=
            1.5 * parameters[layout["up"]!][row * 2 + k]
            * parameters[layout["down"]!][k * 6 + column]
        }
      }
    }
    let merged = values(
      on: Tape(.opened), LinearLayer(weight: layer.weight, bias: layer.bias))
    for (one, other) in zip(adapted, merged) { #expect(abs(one - other) < 1e-4) }
  }

  @Test(arguments: [false, true])
  func `one vector for each row`(isMean: Bool) {
    var layout = ParameterLayout()
    let words = Words([3, 1, 4], width: 5, addingTo: &layout)
    GradientCheck(layout) { tape in
      let rows = words.rows(on: tape)
      let x = words.vectors(0, rows, on: tape)
      return tape.anyLoss(of: isMean ? tape.meanOfEachRow(x, rows) : tape.firstOfEachRow(x, rows))
    }.expectAgreement()
  }

  @Test func `rows of several tables are summed, and padding gets no gradient`() {
    var layout = ParameterLayout()
    let (first, second) = (
      layout.add("first", [7, 4], .normal(deviation: 1)),
      layout.add("second", [3, 4], .normal(deviation: 1))
    )
    let check = GradientCheck(layout) { tape in
      let ids = tape.arena.indices(Self.ids)
      let others = tape.arena.indices(Self.ids.map { $0 % 3 })
      return tape.anyLoss(of: tape.sumOfRows([(first, ids), (second, others)], padding: 6))
    }
    let gradient = check.recorded()
    #expect((24..<28).allSatisfy { gradient[first][$0] == 0 })
    let whole = GradientCheck(layout) { tape in
      let ids = tape.arena.indices(Self.ids)
      let others = tape.arena.indices(Self.ids.map { $0 % 3 })
      return tape.anyLoss(of: tape.sumOfRows([(first, ids), (second, others)], padding: -1))
    }
    whole.expectAgreement()
  }

  @Test func `what is not learnt gets no gradient, and what lies above it the same`() {
    func gradients(isLearnt: Bool) -> (below: [Float], above: [Float]) {
      var layout = ParameterLayout()
      let words = Words([3, 2], width: 6, addingTo: &layout, isLearnt: isLearnt)
      let below = layout.addLayer("below", from: 6, to: 6, isLearnt: isLearnt)
      let above = layout.addLayer("above", from: 6, to: 5)
      let gradient = GradientCheck(layout) { tape in
        let x = tape.linear(words.vectors(0, words.rows(on: tape), on: tape), below, by: .gelu)
        return tape.anyLoss(of: tape.linear(x, above))
      }.recorded()
      let (low, high) = (gradient[below.weight], gradient[above.weight])
      return (low.indices.map { low[$0] }, high.indices.map { high[$0] })
    }
    let (all, some) = (gradients(isLearnt: true), gradients(isLearnt: false))
    #expect(all.below.contains { $0 != 0 })
    #expect(some.below.allSatisfy { $0 == 0 })
    #expect(all.above == some.above)
  }
}

/// Rows of words, each with vectors of its own for several purposes.
private struct Words {
  private let tables: [Parameter]
  private let lengths: [Int32]

  init(
    _ lengths: [Int32], width: Int, addingTo layout: inout ParameterLayout, isLearnt: Bool = true
  ) {
    self.lengths = lengths
    let count = Int(lengths.reduce(0, +))
    tables = (0..<3).map {
      layout.add("words\($0)", [count, width], .normal(deviation: 1), isLearnt: isLearnt)
    }
  }

  func rows(on tape: Tape) -> JoinedRows {
    tape.join((0..<lengths.reduce(0, +)).map { $0 }, lengths: lengths)
  }

  func vectors(_ purpose: Int, _ rows: JoinedRows, on tape: Tape) -> Variable {
    tape.embed(rows, table: tables[purpose], padding: -1)
  }
}

extension ParameterLayout {
  fileprivate mutating func addNorm(_ width: Int) -> LayerNormalization {
    LayerNormalization(
      gain: add("gain", [width], .constant(1)), bias: add("norm bias", [width], .constant(0)),
      epsilon: 1e-5)
  }

  fileprivate mutating func addLayer(
    _ name: String = "layer", from: Int, to: Int, adapter: Bool = false, isLearnt: Bool = true
  ) -> LinearLayer {
    LinearLayer(
      weight: add("\(name).weight", [to, from], .glorot, isLearnt: isLearnt),
      bias: add("\(name).bias", [to], .constant(0), isLearnt: isLearnt),
      adapter: adapter
        ? LowRankAdapter(
          down: add("down", [2, from], .glorot), up: add("up", [to, 2], .glorot), scale: 1.5)
        : nil)
  }
}
