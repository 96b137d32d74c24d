/// Arithmetic of sizes that come from outside: what is beyond `Int` stays at its largest value.
extension Int {
  /// The product of two sizes, neither negative.
  package func saturatingTimes(_ other: Int) -> Int {
    let (product, isTooLarge) = multipliedReportingOverflow(by: other)
    return isTooLarge ? .max : product
  }

  /// The sum of two sizes, neither negative.
  package func saturatingPlus(_ other: Int) -> Int {
    let (sum, isTooLarge) = addingReportingOverflow(other)
    return isTooLarge ? .max : sum
  }
}
