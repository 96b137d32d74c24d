extension Int {
  /// The whole part of a number: of one beyond all whole numbers the nearest, of no number 0.
  package init(clamping number: Double) {
    self =
      number.isNaN ? 0 : Int(exactly: number.rounded(.towardZero)) ?? (number < 0 ? .min : .max)
  }
}
