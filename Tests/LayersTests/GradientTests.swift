import Fixtures
import Layers
import Tensors
import Testing

struct GradientTests {
  private static let rows = RaggedRows(lengths: [3, 1, 5, 3], vocabularySize: 7)

  @Test(arguments: ActivationFunction.allCases)
  func `a linear layer and what squashes its values`(function: ActivationFunction) {
    var layout = ParameterLayout()
    let x = layout.add("x", [7, 6], .constant(0))
    let weight = layout.add("weight", [5, 6], .constant(0))
    let bias = layout.add("bias", [5], .constant(0))
    GradientCheck(layout) { tape in
      tape.anyLoss(
        of: tape.activate(
          tape.linear(tape.embedded(x), weight: weight, bias: bias), by: function))
    }.expectAgreement()
  }

  @Test func `a linear layer over sparse rows, one of them empty`() {
    var layout = ParameterLayout()
    let weight = layout.add("weight", [9, 5], .constant(0))
    let bias = layout.add("bias", [5], .constant(0))
    var x = SparseInput()
    x.append([(place: 1, value: 0.5), (place: 7, value: -2)])
    x.append([])
    x.append([(place: 0, value: 1), (place: 1, value: 0.25), (place: 8, value: 3)])
    let check = GradientCheck(layout) { tape in
      tape.anyLoss(of: tape.linear(x, weight: weight, bias: bias))
    }
    check.expectAgreement()
    let gradient = check.recorded()[weight]
    #expect((10..<35).allSatisfy { gradient[$0] == 0 }, "places that no row has")
  }

  @Test func `a sparse linear layer is a dense one whose other values are zero`() {
    var layout = ParameterLayout()
    let sparse = layout.add("sparse", [4, 3], .normal(deviation: 1))
    let dense = layout.add("dense", [3, 4], .constant(0))
    let bias = layout.add("bias", [3], .normal(deviation: 1))
    let values = layout.add("values", [2, 4], .constant(0))
    let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 2))
    for place in 0..<4 {
      for k in 0..<3 { parameters[dense][k * 4 + place] = parameters[sparse][place * 3 + k] }
    }
    (parameters[values][2], parameters[values][4], parameters[values][7]) = (0.5, -1, 2)
    var x = SparseInput()
    x.append([(place: 2, value: 0.5)])
    x.append([(place: 0, value: -1), (place: 3, value: 2)])
    let tape = Tape(.opened)
    tape.begin(parameters)
    let found = tape.linear(x, weight: sparse, bias: bias).value
    let expected = tape.linear(tape.embedded(values), weight: dense, bias: bias).value
    #expect(found.indices.allSatisfy { abs(found[$0] - expected[$0]) < 1e-6 })
  }

  @Test func `class weights scale each row's loss`() {
    var layout = ParameterLayout()
    let x = layout.add("x", [7, 3], .constant(0))
    GradientCheck(layout) { tape in
      let logits = tape.embedded(x)
      let labels = (0..<logits.rows).map { Int32($0 % 3) }
      return tape.crossEntropy(logits, labels: labels, classWeights: [0.5, 1, 4])
    }.expectAgreement()
  }

  @Test func `dropout passes the gradient of what it kept`() {
    var layout = ParameterLayout()
    let x = layout.add("x", [7, 9], .constant(0))
    GradientCheck(layout) { tape in
      tape.anyLoss(of: tape.dropout(tape.embedded(x), dropProbability: 0.4))
    }.expectAgreement()
  }

  @Test func `a value used twice gets both gradients`() {
    var layout = ParameterLayout()
    let x = layout.add("x", [7, 4], .constant(0))
    let weight = layout.add("weight", [4, 4], .constant(0))
    let bias = layout.add("bias", [4], .constant(0))
    GradientCheck(layout) { tape in
      let shared = tape.embedded(x)
      var loss = tape.anyLoss(of: tape.linear(shared, weight: weight, bias: bias))
      loss += tape.anyLoss(of: tape.activate(shared, by: .relu))
      loss += tape.anyLoss(of: tape.dropout(shared, dropProbability: 0.3))
      return loss
    }.expectAgreement()
  }

  @Test(arguments: [false, true])
  func `pooling over time`(takesMaximum: Bool) {
    var layout = ParameterLayout()
    let table = layout.add("table", [7, 4], .constant(0))
    GradientCheck(layout) { tape in
      let (x, packing) = tape.embedded(table, rows: Self.rows)
      return tape.anyLoss(
        of: takesMaximum
          ? tape.maxOverTime(x, packing: packing)
          : tape.meanOverTime(x, packing: packing, lengths: Self.rows.lengths))
    }.expectAgreement()
  }

  @Test(arguments: RecurrentCell.allCases, [1, 5, 16, 19])
  func `recurrent cells of any width`(cell: RecurrentCell, hidden: Int) {
    check(cell, hidden: hidden, Self.rows)
  }

  @Test(arguments: RecurrentCell.allCases, [[Int32]]([[4, 4, 4], [2], [1, 1]]))
  func `recurrent cells over rows of any length`(cell: RecurrentCell, lengths: [Int32]) {
    check(cell, hidden: 5, RaggedRows(lengths: lengths, vocabularySize: 7))
  }

  private func check(_ cell: RecurrentCell, hidden: Int, _ rows: RaggedRows) {
    var layout = ParameterLayout()
    let table = layout.add("table", [7, 3], .constant(0))
    let directions = [false, true].map {
      layout.add(cell, inputWidth: 3, hiddenWidth: hidden, isReverse: $0)
    }
    GradientCheck(layout) { tape in
      let (x, packing) = tape.embedded(table, rows: rows)
      let states = tape.recurrent(
        x, packing: packing, cell: cell, directions: directions, keepsSequence: true)
      var loss = tape.anyLoss(of: states.last)
      if let sequence = states.sequence { loss += tape.anyLoss(of: sequence) }
      return loss
    }.expectAgreement()
  }

  @Test func `attention over time`() {
    var layout = ParameterLayout()
    let table = layout.add("table", [7, 4], .constant(0))
    let keys = layout.add("keys", [7, 3], .constant(0))
    let query = layout.add("query", [3], .constant(0))
    GradientCheck(layout) { tape in
      let (x, packing) = tape.embedded(table, rows: Self.rows)
      let (k, _) = tape.embedded(keys, rows: Self.rows)
      return tape.anyLoss(
        of: tape.attentionOverTime(x, keys: k, query: query, packing: packing))
    }.expectAgreement()
  }

  @Test(arguments: RecurrentCell.allCases)
  func `layers of cells on each other, of which only the last state is used`(
    cell: RecurrentCell
  ) {
    var layout = ParameterLayout()
    let table = layout.add("table", [7, 3], .constant(0))
    let lower = [layout.add(cell, inputWidth: 3, hiddenWidth: 4, isReverse: false)]
    let upper = [true, false].map {
      layout.add(cell, name: "upper", inputWidth: 4, hiddenWidth: 6, isReverse: $0)
    }
    GradientCheck(layout) { tape in
      let (x, packing) = tape.embedded(table, rows: Self.rows)
      let below = tape.recurrent(
        x, packing: packing, cell: cell, directions: lower, keepsSequence: true)
      let above = tape.recurrent(
        below.sequence ?? x, packing: packing, cell: cell, directions: upper,
        keepsSequence: false)
      return tape.anyLoss(of: above.last)
    }.expectAgreement()
  }

  @Test(arguments: [[Int32]([6, 1, 3, 4]), [5, 5], [2]])
  func `the largest answers of filters of several widths, some wider than a row`(
    lengths: [Int32]
  ) {
    let rows = RaggedRows(lengths: lengths, vocabularySize: 9)
    var layout = ParameterLayout()
    let table = layout.add("table", [9, 3], .constant(0))
    let filters = [2, 4, 3].map { width in
      WindowFilters(
        weight: layout.add("weight.\(width)", [5, 3, width], .constant(0)),
        bias: layout.add("bias.\(width)", [5], .constant(0)))
    }
    GradientCheck(layout) { tape in
      let joined = tape.join(
        rows.tokens, width: rows.width, lengths: lengths, atLeast: 4, padding: 0)
      let x = tape.embed(joined, table: table, padding: -1)
      return tape.anyLoss(of: tape.largestAnswers(to: x, in: joined, filters: filters))
    }.expectAgreement()
  }

  @Test func `two values beside each other`() {
    var layout = ParameterLayout()
    let (a, b) = (layout.add("a", [7, 3], .constant(0)), layout.add("b", [7, 2], .constant(0)))
    GradientCheck(layout) { tape in
      tape.anyLoss(of: tape.beside(tape.embedded(a), tape.embedded(b)))
    }.expectAgreement()
  }

  @Test func `the padding row of an embedding has no gradient`() {
    var layout = ParameterLayout()
    let table = layout.add("table", [7, 4], .constant(0))
    let check = GradientCheck(layout) { tape in
      let (x, _) = tape.embedded(table, rows: Self.rows, padding: 3)
      return tape.anyLoss(of: x)
    }
    let gradient = check.recorded()[table]
    #expect((12..<16).allSatisfy { gradient[$0] == 0 })
    #expect((4..<8).contains { gradient[$0] != 0 })
  }
}

extension Tape {
  /// Each row of a parameter once, as a variable.
  func embedded(_ parameter: Parameter) -> Variable {
    let count = parameter.rows
    return embed(
      (0..<count).map(Int32.init), width: 1,
      packing: pack(lengths: .init(repeating: 1, count: count)),
      table: parameter, padding: -1)
  }

  func embedded(
    _ table: Parameter, rows: RaggedRows, padding: Int = 0
  ) -> (Variable, Packing) {
    let packing = pack(lengths: rows.lengths)
    let x = embed(
      rows.tokens, width: rows.width, packing: packing, table: table, padding: padding)
    return (x, packing)
  }
}

extension ParameterLayout {
  mutating func add(
    _ cell: RecurrentCell, name: String = "cells", inputWidth: Int, hiddenWidth: Int,
    isReverse: Bool
  ) -> RecurrentDirection {
    let name = "\(name).\(isReverse ? "reverse" : "forward")"
    let sums = cell.gateCount * hiddenWidth
    return RecurrentDirection(
      inputWeight: add("\(name).input", [sums, inputWidth], .constant(0)),
      recurrentWeight: add("\(name).recurrent", [sums, hiddenWidth], .constant(0)),
      inputBias: add("\(name).inputBias", [sums], .constant(0)),
      recurrentBias: add("\(name).recurrentBias", [sums], .constant(0)),
      isReverse: isReverse)
  }
}
