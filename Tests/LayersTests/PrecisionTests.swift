import Fixtures
import Layers
import Tensors
import Testing

struct PrecisionTests {
  private static let rows = RaggedRows(lengths: [9, 3, 17, 12], vocabularySize: 7)

  @Test func `a linear layer in bfloat16 has nearly the exact gradient`() {
    var layout = ParameterLayout()
    let x = layout.add("x", [21, 40], .constant(0))
    let weight = layout.add("weight", [33, 40], .constant(0))
    let bias = layout.add("bias", [33], .constant(0))
    let adapter = LowRankAdapter(
      down: layout.add("down", [4, 40], .constant(0)), up: layout.add("up", [33, 4], .constant(0)),
      scale: 2)
    expectCloseness(layout) { tape in
      tape.anyLoss(
        of: tape.linear(
          tape.embedded(x), LinearLayer(weight: weight, bias: bias, adapter: adapter), by: .gelu))
    }
  }

  @Test(arguments: RecurrentCell.allCases, [19, 32])
  func `recurrent cells in bfloat16 have nearly the exact gradient`(
    cell: RecurrentCell, hidden: Int
  ) {
    var layout = ParameterLayout()
    let table = layout.add("table", [7, 24], .constant(0))
    let directions = [false, true].map {
      layout.add(cell, inputWidth: 24, hiddenWidth: hidden, isReverse: $0)
    }
    expectCloseness(layout) { tape in
      let (x, packing) = tape.embedded(table, rows: Self.rows)
      let states = tape.recurrent(
        x, packing: packing, cell: cell, directions: directions, keepsSequence: true)
      var loss = tape.anyLoss(of: states.last)
      if let sequence = states.sequence { loss += tape.anyLoss(of: sequence) }
      return loss
    }
  }

  @Test func `a convolution and a vocabulary in bfloat16 have nearly the exact gradient`() {
    var layout = ParameterLayout()
    let text = EmbeddedText(width: 12, lengths: [3, 7, 6, 7, 1], addingTo: &layout)
    let direction = layout.add("direction", [3, 12, 34], .constant(0))
    let gain = layout.add("gain", [1, 1, 34], .constant(0))
    let bias = layout.add("bias", [34], .constant(0))
    let readout = Readout(width: 17, words: 90, addingTo: &layout)
    expectCloseness(layout) { tape in
      let (x, sentences) = text.embed(on: tape)
      let weight = tape.normalized(
        NormalizedWeight(direction: direction, gain: gain, norm: .perColumn))
      let y = tape.gatedConvolution(
        x, weight: weight, bias: bias, packing: sentences.packing, reach: .causal)
      return readout.loss(of: y, on: tape)
    }
  }

  @Test func `a product with weights reads both sides rounded, and sums exactly`() {
    var layout = ParameterLayout()
    let x = layout.add("x", [1, 3], .constant(0))
    let weight = layout.add("weight", [1, 3], .constant(0))
    let bias = layout.add("bias", [1], .constant(0))
    let parameters = ParameterBuffer(layout)
    let unit: Float = 1 / 256
    // Of 1 + 1/256 the last bit is lost; of sums it is not.
    for (place, value) in [1 + unit, 1, unit].enumerated() { parameters[x][place] = value }
    for place in 0..<3 { parameters[weight][place] = 1 }
    func value(_ precision: Precision) -> Float {
      let tape = Tape(.opened, precision)
      tape.begin(parameters)
      return tape.linear(tape.embedded(x), weight: weight, bias: bias).value[0]
    }
    #expect(value(.float32) == 2 + 2 * unit)
    #expect(value(.bfloat16) == 2 + unit)
  }

  @Test(arguments: RecurrentCell.allCases, [19, 300])
  func `recurrent cells infer the bytes of a step in bfloat16 with weights laid out once`(
    cell: RecurrentCell, hidden: Int
  ) {
    var layout = ParameterLayout()
    let table = layout.add("table", [7, 24], .constant(0))
    let direction = layout.add(cell, inputWidth: 24, hiddenWidth: hidden, isReverse: false)
    let parameters = randomParameters(layout)
    func states(on tape: Tape) -> [Float] {
      let (x, packing) = tape.embedded(table, rows: Self.rows)
      let last = tape.recurrent(
        x, packing: packing, cell: cell, directions: [direction], keepsSequence: false
      ).last.value
      return last.indices.map { last[$0] }
    }
    let step = Tape(.opened, .bfloat16)
    step.begin(parameters)
    let tape = Tape(.opened)
    tape.begin(
      InferenceWeights(
        parameters, in: .bfloat16, packing: [], [PackedCells(cell, direction)], blas: .opened))
    let rounded = states(on: tape)
    let isStepEqual = states(on: step) == rounded
    #expect(isStepEqual && rounded.contains { $0 != 0 })
    tape.begin(parameters)
    let staysRounded = states(on: tape) == rounded
    #expect(!staysRounded, "the tape stayed in bfloat16")
  }

  /// More channels than a piece of the sums has.
  @Test(arguments: [Precision.float32, .bfloat16], [20, 600])
  func `filters laid out for inference give, bit by bit, what those of a step give`(
    precision: Precision, channels: Int
  ) {
    var layout = ParameterLayout()
    let words = layout.add("words", [9, channels], .normal(deviation: 1))
    let filters = [2, 3].map { width in
      WindowFilters(
        weight: layout.add("weight.\(width)", [21, channels, width], .normal(deviation: 1)),
        bias: layout.add("bias.\(width)", [21], .normal(deviation: 1)))
    }
    let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 3))
    func answers(on tape: Tape) -> [Float] {
      let rows = tape.join(
        [4, 8, 1, 6, 2, 0, 0, 0], width: 4, lengths: [4, 1], atLeast: 3, padding: 0)
      let answers = tape.largestAnswers(
        to: tape.embed(rows, table: words, padding: 0), in: rows, filters: filters
      ).value
      return answers.indices.map { answers[$0] }
    }
    let step = Tape(.opened, precision)
    step.begin(parameters)
    let tape = Tape(.opened)
    tape.begin(
      InferenceWeights(parameters, in: precision, packing: [], [], [filters], blas: .opened))
    let found = answers(on: tape)
    let isEqual = found == answers(on: step)
    #expect(isEqual && found.contains { $0 != 0 })
  }

  @Test func `a linear layer infers in bfloat16 with what is learnt beside its weight`() {
    var layout = ParameterLayout()
    let x = layout.add("x", [21, 40], .normal(deviation: 1))
    let layer = LinearLayer(
      weight: layout.add("weight", [33, 40], .normal(deviation: 1)),
      bias: layout.add("bias", [33], .normal(deviation: 1)),
      adapter: LowRankAdapter(
        down: layout.add("down", [4, 40], .normal(deviation: 1)),
        up: layout.add("up", [33, 4], .normal(deviation: 1)), scale: 0.5))
    let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 6))
    func values(_ precision: Precision) -> [Float] {
      let tape = Tape(.opened)
      tape.begin(
        InferenceWeights(parameters, in: precision, packing: [layer], [], blas: .opened))
      let y = tape.linear(tape.embedded(x), layer, by: .gelu).value
      return y.indices.map { y[$0] }
    }
    let (exact, rounded) = (values(.float32), values(.bfloat16))
    let worst = zip(exact, rounded).map { abs($0 - $1) }.max() ?? 0
    #expect(worst > 0 && worst < 0.2)
  }

  @Test func `a step of a linear layer in bfloat16 is, bit by bit, that of plain sums`() {
    let (rows, inputs, outputs) = (21, 40, 33)
    var layout = ParameterLayout()
    let x = layout.add("x", [rows, inputs], .normal(deviation: 1))
    let weight = layout.add("weight", [outputs, inputs], .normal(deviation: 0.3))
    let bias = layout.add("bias", [outputs], .constant(0))
    let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 3))
    let gradient = ParameterBuffer(layout)
    let tape = Tape(.opened, .bfloat16)
    tape.begin(parameters, gradient: gradient)
    let y = tape.linear(tape.embedded(x), weight: weight, bias: bias)
    let found = y.value.values
    _ = tape.anyLoss(of: y)
    tape.backward()

    let (input, matrix) = (parameters[x].values, parameters[weight].values)
    func product(_ a: [Float], _ b: [Float], _ rows: Int, _ columns: Int, _ depth: Int) -> [Float] {
      var sums = [Float](repeating: 0, count: rows * columns)
      PlainBfloat16Product.add(a, b, to: &sums, rows: rows, columns: columns, depth: depth)
      return sums
    }
    #expect(found == product(input, matrix.flipped(columns: inputs), rows, outputs, inputs))
    let slope = slope(of: found, rows: rows)
    #expect(
      gradient[weight].values
        == product(slope.flipped(columns: outputs), input, outputs, inputs, rows))
    #expect(gradient[x].values == product(slope, matrix, rows, inputs, outputs))
  }

  /// The gradient of `anyLoss` in these values.
  private func slope(of values: [Float], rows: Int) -> [Float] {
    var layout = ParameterLayout()
    let y = layout.add("y", [rows, values.count / rows], .constant(0))
    let parameters = ParameterBuffer(layout)
    for (place, value) in values.enumerated() { parameters[y][place] = value }
    let gradient = ParameterBuffer(layout)
    let tape = Tape(.opened)
    tape.begin(parameters, gradient: gradient)
    _ = tape.anyLoss(of: tape.weight(y))
    tape.backward()
    return gradient[y].values
  }

  /// Parameters that are drawn, however they would start.
  private func randomParameters(_ layout: ParameterLayout) -> ParameterBuffer {
    let parameters = ParameterBuffer(layout)
    for entry in layout.entries {
      var random = RandomSource(seed: 3).stream(entry.name)
      random.fillNormal(parameters[entry], deviation: 0.3)
    }
    return parameters
  }

  /// Expects the gradient of each parameter within a hundredth of its length of the exact one.
  private func expectCloseness(_ layout: ParameterLayout, loss: (Tape) -> Loss) {
    let parameters = randomParameters(layout)
    func gradient(_ precision: Precision) -> ParameterBuffer {
      let gradient = ParameterBuffer(layout)
      let tape = Tape(.opened, precision)
      tape.begin(parameters, gradient: gradient)
      _ = loss(tape)
      tape.backward()
      return gradient
    }
    let (exact, rounded) = (gradient(.float32), gradient(.bfloat16))
    var differs = false
    for entry in layout.entries {
      let (x, y) = (exact[entry], rounded[entry])
      let (square, error) = x.indices.reduce(into: (Float(0), Float(0))) { sums, i in
        sums.0 += x[i] * x[i]
        sums.1 += (x[i] - y[i]) * (x[i] - y[i])
      }
      differs = differs || error > 0
      #expect(
        error <= 4e-4 * square,
        "\(entry.name) is off by \((error / square).squareRoot()) of its length")
    }
    #expect(differs, "nothing was rounded")
  }
}

extension Tensor {
  fileprivate var values: [Float] { indices.map { self[$0] } }
}

extension [Float] {
  /// A matrix of so many columns, transposed.
  fileprivate func flipped(columns: Int) -> [Float] {
    let rows = count / columns
    return indices.map { self[$0 % rows * columns + $0 / rows] }
  }
}
