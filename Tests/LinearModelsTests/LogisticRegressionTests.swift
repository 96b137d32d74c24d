import LinearModels
import Testing

@Suite struct LogisticRegressionTests {
  private static func fit(
    _ rows: SparseRows, _ labels: [Int32], classCount: Int, cores: Int = 1,
    _ change: (inout LogisticRegression) -> Void = { _ in }
  ) throws -> LogisticRegression.Fit {
    var regression = LogisticRegression()
    change(&regression)
    return try #require(
      regression.fit(rows, labels: labels, classCount: classCount, cores: cores))
  }

  @Test(arguments: [2, 3, 5])
  func `the gradient is that of finite differences`(_ classCount: Int) {
    let data = SyntheticRows(count: 30, classCount: classCount, words: 8)
    let loss = ClassLoss(
      labels: data.labels, classCount: classCount,
      rowWeights: (0..<classCount).map { 0.5 + Double($0) })
    let matrix = data.matrix()
    let space = WeightSpace(matrix, width: loss.width)
    let residual = Vector(count: matrix.count * loss.width)
    let point = Vector(count: space.count)
    // Beyond the real outputs everything is zero.
    let places = (0..<space.count).filter { $0 % loss.width < loss.outputCount }
    for place in places { point[place] = Double((place * 7919) % 13 - 6) / 10 }
    func value() -> Double {
      let outputs = Vector(count: residual.count)
      space.outputs(of: point, into: outputs, cores: 1)
      let half = 0.5 * space.product.ofWeights(point, point, cores: 1)
      return half
        + loss.evaluate(
          outputs, along: Vector(count: outputs.count), by: 0, residual: residual, cores: 1
        ).value
    }
    _ = value()
    let gradient = Vector(count: space.count)
    space.gradient(residual, at: point, ridge: 1, into: gradient, cores: 1)
    for place in places {
      let (here, step) = (point[place], 1e-5)
      point[place] = here + step
      let above = value()
      point[place] = here - step
      let below = value()
      point[place] = here
      #expect(abs((above - below) / (2 * step) - gradient[place]) < 1e-6, "place \(place)")
    }
  }

  @Test(arguments: [2, 4])
  func `the slope along a line is that of finite differences`(_ classCount: Int) {
    let labels = (0..<40).map { Int32($0 % classCount) }
    let loss = ClassLoss(
      labels: labels, classCount: classCount,
      rowWeights: [Double](repeating: 2, count: classCount))
    let count = labels.count * loss.width
    let (outputs, direction, residual) = (
      Vector(count: count), Vector(count: count), Vector(count: count)
    )
    for place in 0..<count {
      outputs[place] = Double(place * 31 % 17) - 8
      direction[place] = Double(place * 13 % 11) / 5 - 1
    }
    func evaluate(_ t: Double) -> (value: Double, slope: Double) {
      loss.evaluate(outputs, along: direction, by: t, residual: residual, cores: 2)
    }
    let difference = (evaluate(0.3 + 1e-5).value - evaluate(0.3 - 1e-5).value) / 2e-5
    #expect(abs(difference - evaluate(0.3).slope) < 1e-6)
  }

  @Test(arguments: [2, 3, 5])
  func `the curvature is that of finite differences of the derivative`(_ classCount: Int) {
    let labels = (0..<40).map { Int32($0 % classCount) }
    let loss = ClassLoss(
      labels: labels, classCount: classCount,
      rowWeights: (0..<classCount).map { 0.5 * Double($0) })
    let count = labels.count * loss.width
    let (outputs, direction) = (Vector(count: count), Vector(count: count))
    for place in 0..<count {
      outputs[place] = Double(place * 31 % 17) / 4 - 2
      direction[place] = Double(place * 13 % 11) / 5 - 1
    }
    func residual(_ t: Double) -> Vector {
      let residual = Vector(count: count)
      _ = loss.evaluate(outputs, along: direction, by: t, residual: residual, cores: 2)
      return residual
    }
    let product = Vector(count: count)
    loss.curvature(of: residual(0), along: direction, into: product, cores: 2)
    let (above, below) = (residual(1e-5), residual(-1e-5))
    for place in 0..<count where place % loss.width < loss.outputCount {
      let difference = (above[place] - below[place]) / 2e-5
      #expect(abs(difference - product[place]) < 1e-8, "place \(place)")
    }
  }

  @Test func `what rows give each other is the same whether features are multiplied out or not`()
    throws
  {
    let data = SyntheticRows(count: 80, classCount: 3, words: 30)
    let matrix = data.matrix()
    try #require(matrix.columnCounts.contains(1) && matrix.columnCounts.contains { $0 > 4 })
    let connections = RowConnections(matrix, cores: 2)
    let (x, y) = (Vector(count: 80 * 4), Vector(count: 80 * 4))
    for place in 0..<x.count { x[place] = Double(place * 31 % 17) - 8 }
    connections.multiply(
      x, into: y, from: 0, width: 4, scratch: Vector(count: connections.scratchCount(width: 4)),
      cores: 2)
    for row in 0..<80 {
      for k in 0..<4 {
        var expected = 0.0
        for other in 0..<80 {
          expected += Self.product(matrix, row, other) * x[other * 4 + k]
        }
        #expect(abs(y[row * 4 + k] - expected) < 1e-12 * 80)
      }
    }
  }

  /// The inner product of two rows.
  private static func product(_ matrix: SparseRows, _ row: Int, _ other: Int) -> Double {
    let values = Dictionary(
      uniqueKeysWithValues: matrix.range(ofRow: row).map { (matrix.columns[$0], matrix.values[$0]) }
    )
    return matrix.range(ofRow: other).reduce(0) {
      $0 + (values[matrix.columns[$1]] ?? 0) * matrix.values[$1]
    }
  }

  /// Few rows of many n-grams are solved as mixtures of rows, many rows of few words by weights.
  @Test(arguments: [2, 3])
  func `mixtures of rows and weights lead to one model`(_ classCount: Int) throws {
    let data = SyntheticRows(count: 60, classCount: classCount, words: 30)
    let wide = data.matrix()
    try #require(wide.count < wide.columnCount)
    // The same rows over and over have as many features, and a minimum where the cost is so many times.
    let copies = wide.columnCount / wide.count + 1
    var tall = SparseRows(columnCount: wide.columnCount)
    for _ in 0..<copies {
      for row in 0..<wide.count {
        tall.append(wide.range(ofRow: row).map { (wide.columns[$0], wide.values[$0]) })
      }
    }
    try #require(tall.count >= tall.columnCount)
    let labels = (0..<copies).flatMap { _ in data.labels }
    let one = try Self.fit(wide, data.labels, classCount: classCount) {
      $0.cost = Double(copies)
      $0.tolerance = 1e-9
    }
    let other = try Self.fit(tall, labels, classCount: classCount) { $0.tolerance = 1e-9 }
    #expect(one.isConverged && other.isConverged)
    #expect(abs(one.objective - other.objective) < 1e-9 * one.objective)
    for (a, b) in zip(one.model.weights, other.model.weights) { #expect(abs(a - b) < 1e-4) }
  }

  @Test(arguments: LogisticRegression.Penalty.allCases, [2, 5])
  func `the number of cores changes no bit`(
    _ penalty: LogisticRegression.Penalty, _ classCount: Int
  ) throws {
    let data = SyntheticRows(count: 1500, classCount: classCount, words: 400)
    let wide = data.matrix()
    let tall = data.matrix(lengths: 1...1)
    try #require(wide.count < wide.columnCount && tall.count >= tall.columnCount)
    for lengths in [1...2, 1...1] {
      let models = try [1, 2, 3, 8].map { cores in
        try Self.fit(
          data.matrix(lengths: lengths, cores: cores), data.labels, classCount: classCount,
          cores: cores
        ) {
          $0.penalty = penalty
          $0.maximumIterations = 15
        }.model
      }
      #expect(models.dropFirst().allSatisfy { $0 == models[0] })
    }
  }

  @Test func `an L1 penalty leaves weights at zero, and none could be better elsewhere`() throws {
    let data = SyntheticRows(count: 200, classCount: 3, words: 40)
    let matrix = data.matrix()
    let fit = try Self.fit(matrix, data.labels, classCount: 3) {
      $0.penalty = .l1
      $0.tolerance = 1e-7
      $0.maximumIterations = 5000
    }
    #expect(fit.isConverged)
    #expect(fit.model.weights.count { $0 == 0 } > fit.model.weights.count / 2)
    #expect(fit.model.weights.contains { $0 != 0 })
    var slopes = [Double](repeating: 0, count: fit.model.weights.count)
    for row in 0..<matrix.count {
      let entries = matrix.range(ofRow: row).map {
        (feature: matrix.columns[$0], value: matrix.values[$0])
      }
      for (label, probability) in fit.model.probabilities(entries).enumerated() {
        let difference = Double(probability) - (label == Int(data.labels[row]) ? 1 : 0)
        for (feature, value) in entries { slopes[Int(feature) * 3 + label] += difference * value }
      }
    }
    for (weight, slope) in zip(fit.model.weights, slopes) {
      #expect(weight == 0 ? abs(slope) < 1 + 1e-3 : abs(slope + (weight > 0 ? 1 : -1)) < 1e-3)
    }
  }

  @Test func `a class that counts twice is a class whose rows are there twice`() throws {
    let data = SyntheticRows(count: 50, classCount: 3, words: 20)
    let matrix = data.matrix(lengths: 1...1)
    var twice = SparseRows(columnCount: matrix.columnCount)
    var labels: [Int32] = []
    for row in 0..<matrix.count {
      for _ in 0..<(data.labels[row] == 1 ? 2 : 1) {
        twice.append(matrix.range(ofRow: row).map { (matrix.columns[$0], matrix.values[$0]) })
        labels.append(data.labels[row])
      }
    }
    let weighted = try Self.fit(matrix, data.labels, classCount: 3) { $0.classWeights = [1, 2, 1] }
    let repeated = try Self.fit(twice, labels, classCount: 3)
    #expect(abs(weighted.objective - repeated.objective) < 1e-8 * weighted.objective)
  }

  @Test(arguments: LogisticRegression.Penalty.allCases)
  func `rows that teach nothing give a model without weights`(
    _ penalty: LogisticRegression.Penalty
  ) throws {
    var empty = SparseRows(columnCount: 3)
    let nothing = try Self.fit(empty, [], classCount: 2) { $0.penalty = penalty }
    #expect(nothing.model.probabilities([]) == [0.5, 0.5])
    for _ in 0..<4 { empty.append([]) }
    let shares = try Self.fit(empty, [0, 1, 1, 1], classCount: 2) { $0.penalty = penalty }
    #expect(abs(shares.model.probabilities([])[1] - 0.75) < 1e-4)
    let one = try Self.fit(empty, [0, 0, 0, 0], classCount: 1) { $0.penalty = penalty }
    #expect(one.model.probabilities([]) == [1])
    let absent = try Self.fit(empty, [0, 1, 0, 1], classCount: 3) { $0.penalty = penalty }
    #expect(absent.model.probabilities([])[2] < 0.01)
  }

  @Test(arguments: LogisticRegression.Penalty.allCases)
  func `what a fit holds rises with the entries of its rows`(_ penalty: LogisticRegression.Penalty)
  {
    var regression = LogisticRegression()
    regression.penalty = penalty
    func byteCount(_ columnCounts: [Int]) -> Int {
      regression.byteCount(rowCount: 50, columnCounts: columnCounts, classCount: 3)
    }
    let counts = (0..<100).map { 1 + $0 % 40 }
    // An entry is a column's number and a value, in the rows and in what is made of them.
    let added = byteCount(counts.map { $0 + 10 }) - byteCount(counts)
    #expect(added >= 100 * 10 * 2 * 12)
  }

  @Test func `a fit that is stopped gives nothing`() {
    let data = SyntheticRows(count: 50, classCount: 3, words: 20)
    var seen = 0
    let fit = LogisticRegression().fit(
      data.matrix(), labels: data.labels, classCount: 3, cores: 1
    ) { progress in
      seen = progress.iteration
      return progress.iteration < 3
    }
    #expect(fit == nil && seen == 3)
  }
}
