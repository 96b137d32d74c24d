/// One setting of a sweep and how it came out.
package struct SweepPoint: Sendable {
  /// How a point came out, next to the best one.
  package enum Standing: Sendable {
    case best
    /// Not told from the best by a paired test.
    case tied
    case ordinary
    /// Without a score: it failed, or is not done.
    case unscored
  }

  /// The varied options, each with its value as it is spelled, in one order for all points.
  package let options: [(name: String, value: String)]
  /// Nil without one.
  package let score: Double?
  package let standing: Standing

  package init(options: [(name: String, value: String)], score: Double?, standing: Standing) {
    self.options = options
    self.score = score
    self.standing = standing
  }
}
