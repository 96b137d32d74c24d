import Tensors

/// A record of the operations of a step, from which gradients are computed by walking back.
///
/// Operations are its methods, each in the file of its name: a forward pass that records a closure
/// for its gradient. Without a gradient buffer nothing is recorded. One thread uses a tape at a time.
package final class Tape {
  /// Where operations put their results; valid until the next `begin`.
  package let arena = Arena()
  /// Where decoding puts what each of its steps is done with, and resets it after the step.
  package let scratch = Arena()
  /// Computes matrix products that are always exact.
  package let blas: OpenBLAS
  /// Computes the products with weights, in the precision of the step.
  package let products: MatrixProducts
  /// The precision of steps whose weights are not laid out in one.
  private let precision: Precision
  /// Draws dropout masks; each step brings its own.
  package var random = RandomSource(seed: 0)

  /// Whether dropout drops where gradients are wanted.
  private(set) var isDropping = true

  private var parameters: ParameterBuffer?
  private var parameterGradient: ParameterBuffer?
  /// The places of the parameters that are trained; nil for all that can be learnt.
  private var learntPlaces: [Range<Int>]?
  /// Weights normalised before the step began; nil when each is to be computed on this tape.
  private(set) var normalizedWeights: NormalizedWeights?
  /// Weights that the shards of a step have laid out in common.
  private(set) var stepWeights: StepWeights?
  /// The weights of a step that infers with weights laid out for it.
  private(set) var inferenceWeights: InferenceWeights?
  /// For each variable the gradient that has reached it, if any has.
  private var gradients: [Tensor?] = []
  private var backwardPasses: [(Tape) -> Void] = []

  package init(_ blas: OpenBLAS, _ precision: Precision = .float32) {
    self.blas = blas
    products = MatrixProducts(precision)
    self.precision = precision
  }

  /// Forgets the last step and starts one with these weights.
  ///
  /// - Parameters:
  ///   - gradient: what the backward pass adds to; nil for inference, where dropout is off.
  ///   - learnt: the places that are trained, where that is not all; others need no gradient.
  ///   - dropping: false for gradients of the network as it infers.
  ///   - normalized: the normalised weights of these parameters; what the backward pass adds in the
  ///     places of their directions is then the gradient of the weights themselves.
  ///   - shared: where the weights that a product needs laid out are, or will be, for several tapes.
  package func begin(
    _ parameters: ParameterBuffer, gradient: ParameterBuffer? = nil,
    learning learnt: [Range<Int>]? = nil, normalized: NormalizedWeights? = nil,
    sharing shared: StepWeights? = nil, random: RandomSource = RandomSource(seed: 0),
    dropping: Bool = true
  ) {
    // They refer to memory of the arena, which `reset` may replace by a larger block.
    gradients.removeAll(keepingCapacity: true)
    backwardPasses.removeAll(keepingCapacity: true)
    arena.reset()
    self.parameters = parameters
    parameterGradient = gradient
    learntPlaces = learnt
    normalizedWeights = normalized
    stepWeights = shared
    inferenceWeights = nil
    products.precision = precision
    self.random = random
    isDropping = dropping
  }

  /// Forgets the last step and starts one that infers, in the precision of the weights.
  package func begin(_ weights: InferenceWeights) {
    begin(weights.parameters, normalized: weights.normalized)
    inferenceWeights = weights
    products.precision = weights.precision
  }

  /// Whether this step trains: gradients are wanted and dropout drops.
  package var isRecording: Bool { parameterGradient != nil }

  /// Whether a gradient of a parameter is of use, in a step that trains.
  package func learns(_ parameter: Parameter) -> Bool {
    guard parameter.isLearnt, let learntPlaces else { return parameter.isLearnt }
    return learntPlaces.contains { $0.contains(parameter.offset) }
  }

  /// Walks back through the step and adds the gradient of its loss to the gradient buffer.
  package func backward() {
    while let pass = backwardPasses.popLast() { pass(self) }
  }

  /// Takes back the memory of values that were only read to compute `result`.
  ///
  /// They stay where the gradient of `result` is wanted, since it is computed from them.
  package func release(_ values: Variable..., after result: Variable) {
    guard !result.needsGradient else { return }
    for value in values { arena.takeBack(value.value) }
  }

  /// The weights of a parameter.
  package subscript(parameter: Parameter) -> Tensor { stepParameters[parameter] }

  /// The weights of the step.
  var stepParameters: ParameterBuffer {
    guard let parameters else { preconditionFailure("no step has begun on this tape") }
    return parameters
  }
}

// What operations are written with.
extension Tape {
  /// A new value, not yet set.
  func variable(rows: Int, columns: Int, needsGradient: Bool = true) -> Variable {
    variable(arena.tensor(rows: rows, columns: columns), needsGradient: needsGradient)
  }

  /// A new value that lies in this tensor.
  func variable(_ value: Tensor, needsGradient: Bool = true) -> Variable {
    gradients.append(nil)
    return Variable(
      index: gradients.count - 1, value: value, needsGradient: needsGradient && isRecording)
  }

  /// Records how an operation computes its gradients, to be run after all later operations' are.
  func record(_ backward: @escaping (Tape) -> Void) {
    if isRecording { backwardPasses.append(backward) }
  }

  /// Records an operation with one result; `backward` runs only if the loss depends on the result.
  ///
  /// No other operation needs the result's gradient after that, so its memory is used again.
  /// Nothing is recorded where nothing that is learnt lies below the result.
  func record(gradientOf result: Variable, _ backward: @escaping (Tape, Tensor) -> Void) {
    guard result.needsGradient else { return }
    record { tape in
      guard let gradient = tape.gradients[result.index] else { return }
      backward(tape, gradient)
      tape.gradients[result.index] = nil
      tape.arena.takeBack(gradient)
    }
  }

  /// A parameter as a variable, whose gradient is the parameter's own.
  func variable(of parameter: Parameter) -> Variable {
    variable(self[parameter], gradient: parameter)
  }

  /// A value whose gradient lies in the place of a parameter's.
  func variable(_ value: Tensor, gradient parameter: Parameter) -> Variable {
    parameterGradient?.touched?.mark(parameter.places)
    gradients.append(parameterGradient?[parameter])
    return Variable(
      index: gradients.count - 1, value: value, needsGradient: parameterGradient != nil)
  }

  /// The gradient of a parameter, to be added to.
  func gradient(of parameter: Parameter) -> Tensor {
    guard let parameterGradient else { preconditionFailure("this tape records no gradient") }
    parameterGradient.touched?.mark(parameter.places)
    return parameterGradient[parameter]
  }

  /// Adds to the gradient of some rows of a parameter, in their order; `skipped` gets none.
  func addGradient(
    _ slopes: Tensor, toRows rows: Indices, of parameter: Parameter, except skipped: Int?
  ) {
    scatter(
      slopes, addingToRows: rows,
      of: gradient(of: parameter, inRows: (0..<rows.count).lazy.map { rows[$0] }),
      except: skipped)
  }

  /// The gradient of a parameter, of which only some rows are added to.
  func gradient(of parameter: Parameter, inRows rows: some Sequence<Int>) -> Tensor {
    guard let parameterGradient else { preconditionFailure("this tape records no gradient") }
    if let touched = parameterGradient.touched {
      for row in rows {
        let start = parameter.offset + row * parameter.columns
        touched.mark(start..<start + parameter.columns)
      }
    }
    return parameterGradient[parameter]
  }

  /// The gradient of a variable so far; nil when the loss does not depend on it.
  func gradient(of variable: Variable) -> Tensor? { gradients[variable.index] }

  /// Where to put a gradient for a variable, and whether to add to what is there or overwrite it.
  func incomingGradient(of variable: Variable) -> (tensor: Tensor, adds: Bool) {
    if let gradient = gradients[variable.index] { return (gradient, true) }
    let gradient = arena.tensor(rows: variable.rows, columns: variable.columns)
    gradients[variable.index] = gradient
    return (gradient, false)
  }
}
