import Tensors

/// The parameters of a linear layer.
package struct LinearLayer: Hashable, Sendable {
  /// [d, c].
  package let weight: Parameter
  /// [d].
  package let bias: Parameter
  /// What is learnt beside the weight; nil: nothing is.
  package let adapter: LowRankAdapter?

  package init(weight: Parameter, bias: Parameter, adapter: LowRankAdapter? = nil) {
    self.weight = weight
    self.bias = bias
    self.adapter = adapter
  }

  fileprivate var parameters: [Parameter] {
    [weight, bias] + (adapter.map { [$0.down, $0.up] } ?? [])
  }
}

extension Tape {
  /// `y[n, d] = x[n, c] · w[d, c]ᵀ + b[d]`.
  package func linear(_ x: Variable, weight: Parameter, bias: Parameter) -> Variable {
    linear(x, LinearLayer(weight: weight, bias: bias))
  }

  /// `y[n, d] = x[n, c] · w[d, c]ᵀ + b[d]`, and what the adapter adds.
  package func linear(_ x: Variable, _ layer: LinearLayer) -> Variable {
    if let packed = inferenceWeights?[layer] { return linear(x, packed, by: nil) }
    let products = LinearProducts(of: x, layer, on: self)
    let result = variable(products.sums, needsGradient: needsGradient(x, layer))
    add(row: self[layer.bias], toEachRowOf: result.value)
    record(gradientOf: result) { tape, dy in products.addGradient(dy, on: tape) }
    return result
  }

  /// `y = f(x · wᵀ + b)`, with what the adapter adds to the weight.
  package func linear(
    _ x: Variable, _ layer: LinearLayer, by function: ActivationFunction
  ) -> Variable {
    if let packed = inferenceWeights?[layer] { return linear(x, packed, by: function) }
    let products = LinearProducts(of: x, layer, on: self)
    let sums = products.sums
    let needsGradient = needsGradient(x, layer)
    // What is not recorded is squashed where it lies.
    let result = variable(
      needsGradient ? arena.tensor(rows: sums.rows, columns: sums.columns) : sums,
      needsGradient: needsGradient)
    function.apply(to: sums, addingRow: self[layer.bias], into: result.value)
    record(gradientOf: result) { tape, dy in
      function.pullBack(dy, from: sums, result.value, into: dy)
      products.addGradient(dy, on: tape)
    }
    return result
  }

  /// `y = x · w + b` or `y = f(x · w + b)`, without a gradient.
  private func linear(
    _ x: Variable, _ weight: LaidOutMatrix, by function: ActivationFunction?
  ) -> Variable {
    let result = variable(rows: x.rows, columns: weight.columns, needsGradient: false)
    products.multiply(x.value.matrix, weight, into: result.value.matrix, squashingBy: function)
    return result
  }

  /// Whether the result of a linear layer needs a gradient.
  private func needsGradient(_ x: Variable, _ layer: LinearLayer) -> Bool {
    isRecording && (x.needsGradient || layer.parameters.contains(where: learns))
  }
}

/// The products of a linear layer, without its bias.
private struct LinearProducts {
  /// [n, d] `x · wᵀ`, and what the adapter adds.
  let sums: Tensor
  private let x: Variable
  private let layer: LinearLayer
  /// What the adapter makes of x.
  private let narrowed: Tensor?

  init(of x: Variable, _ layer: LinearLayer, on tape: Tape) {
    (self.x, self.layer) = (x, layer)
    let sums = tape.arena.tensor(rows: x.rows, columns: layer.weight.rows)
    tape.products.multiply(x.value.matrix, tape[layer.weight].matrix.transposed, into: sums.matrix)
    narrowed = layer.adapter.map { $0.add(to: sums, from: x.value, on: tape) }
    self.sums = sums
  }

  /// Adds the gradients of the parameters and of x.
  func addGradient(_ dy: Tensor, on tape: Tape) {
    if tape.learns(layer.weight) {
      tape.products.multiply(
        dy.matrix.transposed, x.value.matrix, into: tape.gradient(of: layer.weight).matrix,
        adding: true)
    }
    if tape.learns(layer.bias) { add(rowsOf: dy, into: tape.gradient(of: layer.bias)) }
    if x.needsGradient {
      let (dx, adds) = tape.incomingGradient(of: x)
      tape.products.multiply(dy.matrix, tape[layer.weight].matrix, into: dx.matrix, adding: adds)
    }
    if let adapter = layer.adapter, let narrowed {
      adapter.addGradient(dy, of: x, narrowed: narrowed, on: tape)
    }
  }
}
