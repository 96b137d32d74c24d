import Cores

/// Logistic regression over sparse features, solved until its gradient is nearly zero.
///
/// Minimises cost · Σ over rows of the log-loss + penalty of the weights, biases free: scikit-learn's
/// objective with C = cost. More than two classes have a softmax over a weight vector each, two have
/// one vector between them.
package struct LogisticRegression: Hashable, Sendable {
  package enum Penalty: String, CaseIterable, Hashable, Sendable {
    /// Half the sum of the weights' squares.
    case l2
    /// The sum of their sizes, which leaves most of them zero.
    case l1
  }

  package var penalty = Penalty.l2
  package var cost = 1.0
  /// What a row of each class counts for; empty when all count the same.
  package var classWeights: [Double] = []
  /// It ends once the gradient is so short beside that of no weights.
  package var tolerance = 1e-5
  package var maximumIterations = 1000

  package init() {}

  /// How far a fit has come.
  package struct Progress: Hashable, Sendable {
    package let iteration: Int
    package let objective: Double
    package let gradientNorm: Double
  }

  /// What a fit gives.
  package struct Fit: Sendable {
    package let model: LinearModel
    /// The minimum that was found.
    package let objective: Double
    package let gradientNorm: Double
    package let iterationCount: Int
    /// Whether the gradient is as short as was asked for.
    package let isConverged: Bool
  }

  /// Fits a model to rows with a class each; the result does not depend on the number of cores.
  ///
  /// - Parameter goesOn: told after each iteration; false stops the fit.
  /// - Returns: nil when it was stopped.
  package func fit(
    _ rows: SparseRows, labels: [Int32], classCount: Int, cores: Int,
    goesOn: @escaping (Progress) -> Bool = { _ in true }
  ) -> Fit? {
    precondition(labels.count == rows.count, "\(labels.count) labels of \(rows.count) rows")
    let loss = ClassLoss(
      labels: labels, classCount: classCount,
      rowWeights: (0..<classCount).map { cost * (classWeights.isEmpty ? 1 : classWeights[$0]) })
    let limits = SolverLimits(tolerance: tolerance, maximumIterations: maximumIterations) {
      goesOn(Progress(iteration: $0, objective: $1, gradientNorm: $2))
    }
    switch penalty {
    case .l1:
      let space = WeightSpace(rows, width: loss.width)
      let solver = LassoSolver(space: space, loss: loss, cores: cores)
      return solver.solve(limits).map { fit($0, space, loss, rows.columnCount, cores) }
    case .l2 where rows.count < rows.columnCount:
      return ridge(
        RowSpace(rows, width: loss.width, cores: cores), loss, limits, rows.columnCount, cores)
    case .l2:
      return ridge(WeightSpace(rows, width: loss.width), loss, limits, rows.columnCount, cores)
    }
  }

  /// What a fit holds at the least, the rows included.
  ///
  /// - Parameter columnCounts: how many rows have each feature.
  package func byteCount(rowCount: Int, columnCounts: [Int], classCount: Int) -> Int {
    let width = classCount == 2 ? 1 : classCount
    let featureCount = columnCounts.count
    let isByRows = penalty == .l2 && rowCount < featureCount
    let point = (isByRows ? 2 * rowCount : featureCount) * width
    let outputs = rowCount * width
    let entries = columnCounts.reduce(0, +)
    let others = isByRows ? RowConnections.entryCount(of: columnCounts) : entries
    // Of points and of outputs there are a handful each; the weights become one dense matrix.
    return 8 * (6 * point + 5 * outputs + featureCount * width)
      + SparseRows.byteCount(ofEntries: entries + others)
  }

  private func ridge(
    _ space: some SolverSpace, _ loss: ClassLoss, _ limits: SolverLimits, _ featureCount: Int,
    _ cores: Int
  ) -> Fit? {
    RidgeSolver(space: space, loss: loss, cores: cores).solve(limits)
      .map { fit($0, space, loss, featureCount, cores) }
  }

  private func fit(
    _ solution: Solution, _ space: some SolverSpace, _ loss: ClassLoss, _ featureCount: Int,
    _ cores: Int
  ) -> Fit {
    let weights = space.weights(of: solution.point, cores: cores)
    let outputs = loss.outputCount
    let model = LinearModel(
      classCount: loss.classCount,
      weights: (0..<featureCount * outputs).map { place in
        Float(weights[place / outputs * loss.width + place % outputs])
      },
      biases: (0..<outputs).map { Float(solution.point[space.biasStart + $0]) })
    return Fit(
      model: model, objective: solution.objective, gradientNorm: solution.gradientNorm,
      iterationCount: solution.iterationCount, isConverged: solution.isConverged)
  }
}
