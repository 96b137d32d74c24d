import Diagnostics

/// How rows are dealt out to parts.
package struct SplitOptions: Hashable, Sendable {
  /// How much of the rows a part gets.
  package enum Size: Hashable, Sendable {
    /// A share of all rows, in 0…1.
    case share(Double)
    /// So many rows.
    case count(Int)
    /// What no other part takes; at most one part.
    case rest
    /// Rows n, 2n, 3n … of the input (1-based); goes with one part of `rest` and nothing else.
    case every(Int)
  }

  /// The parts, in order.
  package var sizes: [Size]
  /// Whether rows are dealt out in random order; otherwise parts are runs of the input.
  package var shuffles = true
  package var seed: UInt64 = 0

  package init(_ sizes: [Size]) { self.sizes = sizes }

  /// The part that gets every n-th row, the number n, and the part that gets the others.
  var everyNth: (part: Int, number: Int, others: Int)? {
    guard sizes.count == 2, let others = sizes.firstIndex(of: .rest) else { return nil }
    guard case .every(let number) = sizes[1 - others] else { return nil }
    return (1 - others, number, others)
  }

  /// Whether parts of these sizes can be dealt out of any rows at all.
  package func check() throws(Diagnostic) {
    guard everyNth == nil else { return }
    var total = 0.0
    var restCount = 0
    for size in sizes {
      switch size {
      case .share(let share):
        guard share >= 0, share <= 1 else { throw Diagnostic(.badShare(share)) }
        total += share
      case .count: break
      case .rest: restCount += 1
      case .every: throw Diagnostic(.mixedEvery)
      }
    }
    guard restCount < 2 else { throw Diagnostic(.twoRests) }
    guard total <= 1 + 1e-9 else { throw Diagnostic(.sharesAboveOne(total)) }
  }

  /// How many of `rowCount` rows each part gets; together they are at most all.
  func targets(rowCount: Int) throws(Diagnostic) -> [Int] {
    try check()
    var shares: [Double] = []
    var taken = 0
    var restPart: Int?
    for (part, size) in sizes.enumerated() {
      shares.append(0)
      switch size {
      case .share(let share): shares[part] = share
      case .count(let count):
        guard (0...rowCount).contains(count) else {
          throw Diagnostic(.tooManyRows(wanted: count, rowCount))
        }
        taken += count
      case .rest: restPart = part
      case .every: preconditionFailure("every n-th row has no target")
      }
    }
    let total = shares.reduce(0, +)
    let wanted = min(rowCount, Int((total * Double(rowCount)).rounded()))
    var targets = apportion(wanted, by: shares)
    for (part, size) in sizes.enumerated() {
      if case .count(let count) = size { targets[part] = count }
    }
    guard taken <= rowCount - wanted else {
      throw Diagnostic(.tooManyRows(wanted: taken + wanted, rowCount))
    }
    if let restPart { targets[restPart] = rowCount - wanted - taken }
    return targets
  }
}

/// `total` cut into whole numbers in proportion to `weights`, by largest remainder.
///
/// Equal remainders go to the earlier part. All zero when the weights are.
func apportion(_ total: Int, by weights: [Double]) -> [Int] {
  let sum = weights.reduce(0, +)
  guard sum > 0 else { return weights.map { _ in 0 } }
  let exact = weights.map { $0 / sum * Double(total) }
  var parts = exact.map { Int($0) }
  // Within 1e-9, remainders that rounding alone tells apart are equal.
  let order = weights.indices.sorted {
    let (first, second) = (exact[$0] - Double(parts[$0]), exact[$1] - Double(parts[$1]))
    return abs(first - second) > 1e-9 ? first > second : $0 < $1
  }
  var missing = total - parts.reduce(0, +)
  for part in order where missing > 0 {
    parts[part] += 1
    missing -= 1
  }
  return parts
}

extension Diagnostic.Message {
  fileprivate static func badShare(_ share: Double) -> Self {
    Self("a part's share is \(share)", remedy: "give a number from 0 to 1")
  }

  fileprivate static func sharesAboveOne(_ total: Double) -> Self {
    Self("the shares of the parts add up to \(total)", remedy: "let them add up to at most 1")
  }

  fileprivate static func tooManyRows(wanted: Int, _ rowCount: Int) -> Self {
    Self(
      "the parts want \(wanted) rows, but there are \(rowCount)",
      remedy: "ask for fewer rows, or give one part the rest")
  }

  fileprivate static let twoRests = Self(
    "two parts take the rest of the rows", remedy: "give one of them a share or a count")

  fileprivate static let mixedEvery = Self(
    "every n-th row can be split off only from one other part that takes the rest",
    remedy: "use two parts, such as valid = { every = 23 } and train = \"rest\"")
}
