/// A point of a sweep as `--point` names it: `best`, `3`, or `learning.best`.
struct PointName {
  enum Point {
    case best
    /// Counted from 1.
    case number(Int)
    case unknown(String)
  }

  /// Nil where the definition's only sweep is meant.
  let sweep: String?
  let point: Point

  init(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    sweep = parts.count > 1 ? parts.dropLast().joined(separator: ".") : nil
    let word = parts.last ?? text
    point = word == "best" ? .best : Int(word).map(Point.number) ?? .unknown(word)
  }
}
