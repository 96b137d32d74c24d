/// The last steps of a solver and what they changed of the gradient: a picture of the curvature.
///
/// Limited-memory BFGS (Nocedal and Wright, Numerical Optimization, 2006, algorithm 7.4). Its two
/// loops only scale and add remembered points, so they are run on the factors of those, which the
/// table of all inner products is enough for; points are touched once to fill the table and once to
/// be added up (Chen, Wang and Zhou, Large-scale L-BFGS using MapReduce, 2014).
struct CurvatureHistory {
  private let length: Int
  private let product: InnerProduct
  private let cores: Int
  private var steps: [Vector] = []
  private var changes: [Vector] = []
  /// step[i] · change[j] for i ≤ j, later changes behind; of earlier changes nothing is needed.
  private var stepChanges: [[Double]] = []
  /// change[i] · change[j] for i ≥ j.
  private var changeChanges: [[Double]] = []

  init(length: Int, product: InnerProduct, cores: Int) {
    self.length = length
    self.product = product
    self.cores = cores
  }

  var isEmpty: Bool { steps.isEmpty }

  mutating func forget() {
    (steps, changes) = ([], [])
    (stepChanges, changeChanges) = ([], [])
  }

  /// Remembers a step; one without curvature, as rounding may leave, is let go.
  mutating func append(step: Vector, change: Vector) {
    let curvature = product(step, change, cores: cores)
    guard curvature > 0, (1 / curvature).isFinite else { return }
    if steps.count == length { removeFirst() }
    let products = product.table(
      of: [change], with: steps + [step] + changes + [change], cores: cores)[0]
    steps.append(step)
    changes.append(change)
    stepChanges.append([])
    changeChanges.append(Array(products[steps.count...]))
    for place in steps.indices { stepChanges[place].append(products[place]) }
  }

  private mutating func removeFirst() {
    steps.removeFirst()
    changes.removeFirst()
    stepChanges.removeFirst()
    changeChanges = changeChanges.dropFirst().map { Array($0.dropFirst()) }
  }

  /// The direction in which the function falls, by the gradient and the curvature.
  func direction(_ gradient: Vector) -> Vector {
    let products = product.table(of: [gradient], with: steps + changes, cores: cores)[0]
    var stepFactors = [Double](repeating: 0, count: steps.count)
    var changeFactors = stepFactors
    // The direction is gradient + Σ changes · changeFactors, then scaled, then + Σ steps · stepFactors.
    var inner = stepFactors
    for i in steps.indices.reversed() {
      var sum = products[i]
      for j in i + 1..<max(i + 1, steps.count) { sum += changeFactors[j] * stepChanges[i][j - i] }
      inner[i] = sum / stepChanges[i][0]
      changeFactors[i] = -inner[i]
    }
    var scale = 1.0
    if let last = steps.indices.last {
      scale = stepChanges[last][0] / changeChanges[last][last]
    }
    for j in changeFactors.indices { changeFactors[j] *= scale }
    for i in steps.indices {
      var sum = scale * products[steps.count + i]
      for j in steps.indices {
        sum += changeFactors[j] * changeChanges[max(i, j)][min(i, j)]
      }
      for j in 0..<i { sum += stepFactors[j] * stepChanges[j][i - j] }
      stepFactors[i] = inner[i] - sum / stepChanges[i][0]
    }
    return Vector(
      sumOf: [gradient] + steps + changes,
      times: ([scale] + stepFactors + changeFactors).map { -$0 }, cores: cores)
  }
}
