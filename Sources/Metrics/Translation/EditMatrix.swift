/// The cheapest edits from each prefix of the hypothesis to each prefix of the reference.
///
/// Only a band around the diagonal is filled in, as in Tercom; ties prefer substitution, then
/// deletion, then insertion.
struct EditMatrix {
  enum Operation: UInt8 {
    case keep, substitute, delete, insert
  }

  private static let beamWidth = 25
  private static let infinity: Int32 = 1 << 30

  private let reference: [UInt64]
  private let hypothesisLength: Int
  private let beamWidth: Int
  private var costs: [Int32]
  private var operations: [Operation]

  /// Words of the hypothesis may change later, their number may not.
  init(_ hypothesis: [UInt64], to reference: [UInt64]) {
    self.reference = reference
    hypothesisLength = hypothesis.count
    let ratio = Self.ratio(reference.count, hypothesis.count)
    beamWidth =
      Double(Self.beamWidth) < ratio / 2
      ? Int((ratio / 2 + Double(Self.beamWidth)).rounded(.up)) : Self.beamWidth
    let size = (hypothesis.count + 1) * (reference.count + 1)
    costs = [Int32](repeating: Self.infinity, count: size)
    operations = [Operation](repeating: .insert, count: size)
    for j in 0...reference.count { costs[j] = Int32(j) }
    fill(hypothesis, from: 0)
  }

  /// The edits to turn the whole hypothesis into the reference.
  var distance: Int { Int(costs[costs.count - 1]) }

  /// Fills in the rows after the first `prefix` words, which must be those filled in before.
  mutating func fill(_ hypothesis: [UInt64], from prefix: Int) {
    let width = reference.count + 1
    let ratio = Self.ratio(reference.count, hypothesisLength)
    for i in stride(from: prefix + 1, through: hypothesisLength, by: 1) {
      let row = i * width
      let above = row - width
      for j in 0..<width { costs[row + j] = Self.infinity }
      let diagonal = Int((Double(i) * ratio).rounded(.down))
      let end = i == hypothesisLength ? width : min(width, diagonal + beamWidth)
      for j in stride(from: max(0, diagonal - beamWidth), to: end, by: 1) {
        guard j > 0 else {
          costs[row] = costs[above] + 1
          operations[row] = .delete
          continue
        }
        let isSame = hypothesis[i - 1] == reference[j - 1]
        var cost = costs[above + j - 1] + (isSame ? 0 : 1)
        var operation = isSame ? Operation.keep : .substitute
        if costs[above + j] + 1 < cost { (cost, operation) = (costs[above + j] + 1, .delete) }
        if costs[row + j - 1] + 1 < cost { (cost, operation) = (costs[row + j - 1] + 1, .insert) }
        costs[row + j] = cost
        operations[row + j] = operation
      }
    }
  }

  /// The edits of the cheapest path, from the first word on.
  func path() -> [Operation] {
    let width = reference.count + 1
    var (i, j) = (hypothesisLength, reference.count)
    var path: [Operation] = []
    while i > 0 || j > 0 {
      let operation = operations[i * width + j]
      path.append(operation)
      if operation != .insert { i -= 1 }
      if operation != .delete { j -= 1 }
    }
    return path.reversed()
  }

  private static func ratio(_ reference: Int, _ hypothesis: Int) -> Double {
    hypothesis == 0 ? 1 : Double(reference) / Double(hypothesis)
  }
}
