import Metrics

/// The probabilities of a classifier, counted over all rows: how far they can be believed.
struct ProbabilityTally {
  /// The most probabilities that are kept, to sort rows by them.
  private static let most = 50_000_000

  private(set) var calibration = Calibration()
  /// [rows × classes]; nil where they are too many.
  private var probabilities: [Float]?
  private let classCount: Int

  init(rowCount: Int, classCount: Int) {
    self.classCount = classCount
    let (count, overflow) = rowCount.multipliedReportingOverflow(by: classCount)
    probabilities = overflow || count > Self.most ? nil : []
  }

  mutating func add(_ row: Span<Float>, predicted: Int, isRight: Bool) {
    calibration.add(probability: Double(row[predicted]), isRight: isRight)
    guard probabilities != nil else { return }
    for index in row.indices { probabilities?.append(row[index]) }
  }

  /// How precise a class is found at each recall; nil where no row is of it, or rows are too many.
  ///
  /// - Parameter truth: the true class of each row, in the order in which they were added.
  func curve(of label: Int, truth: [Int]) -> PrecisionRecallCurve? {
    guard let probabilities else { return nil }
    return PrecisionRecallCurve(
      truth.indices.map { probabilities[$0 * classCount + label] }, isTrue: { truth[$0] == label })
  }
}
