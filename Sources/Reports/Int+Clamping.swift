extension Int {
  /// The whole part of a number; the nearest `Int` where it is too large, and 0 for NaN.
  package init(clamping number: Double) {
    self =
      number.isNaN ? 0 : Int(exactly: number.rounded(.towardZero)) ?? (number < 0 ? .min : .max)
  }
}
