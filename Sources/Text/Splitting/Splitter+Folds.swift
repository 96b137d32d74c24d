import Diagnostics

extension Splitter {
  /// Deals all rows out to folds of about equal size, and the rows outside one fold to the parts.
  ///
  /// Each row is in one fold. The folds do not depend on which of them is held out, nor on the parts.
  ///
  /// - Parameters:
  ///   - keys: of all rows; folds keep groups whole, and have their share of each class.
  ///   - options: sizes are of the rows outside the fold.
  ///   - fold: the fold held out, counted from 0.
  /// - Returns: the assignment, in which the fold is a part behind those of the options.
  package static func assign(
    _ keys: RowKeys, _ options: SplitOptions, holdingOut fold: Int, of count: Int
  ) throws(Diagnostic) -> Assignment {
    precondition((0..<count).contains(fold), "fold \(fold) of \(count)")
    guard keys.count >= count else { throw Diagnostic(.moreFoldsThanRows(count, keys.count)) }
    var equal = SplitOptions(Array(repeating: .share(1 / Double(count)), count: count))
    equal.shuffles = options.shuffles
    equal.seed = options.seed
    let folds = try assign(keys, equal, called: "folds")
    let outside = (0..<Int32(keys.count)).filter { folds.part(Int($0)) != fold }
    var inner = options
    // A stream of its own, so that rows are not dealt out twice in the same order.
    inner.seed = options.seed &+ UInt64(fold + 1) &* 0x9FB2_1C65_1E98_DF25
    let parts = try assign(keys.rows(at: outside), inner)
    return Assignment(folds, holdingOut: fold, and: parts, at: outside)
  }
}

extension Diagnostic.Message {
  fileprivate static func moreFoldsThanRows(_ count: Int, _ rowCount: Int) -> Self {
    Self(
      "\(count) folds cannot be made of \(Spelling.count(rowCount, "row"))",
      remedy: "ask for fewer folds")
  }
}
