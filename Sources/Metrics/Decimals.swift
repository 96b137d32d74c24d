/// A number that is not negative, with a fixed number of decimals, as C and Python print it.
///
/// What is rounded is the exact value, ties to even: 0.35, which is a little less, gives `0.3`.
package func fixed(_ number: Double, digits: Int) -> String {
  guard number.isFinite, number < 1e12 else { return "\(number)" }
  var unit = 1
  for _ in 0..<digits { unit *= 10 }
  let scaled = number * Double(unit)
  var rounded = scaled.rounded(.toNearestOrEven)
  if scaled - scaled.rounded(.down) == 0.5 {
    // The product may have been rounded to the tie; what it lost decides.
    let lost = (-scaled).addingProduct(number, Double(unit))
    if lost != 0 { rounded = scaled.rounded(lost > 0 ? .up : .down) }
  }
  let units = Int(rounded)
  guard digits > 0 else { return "\(units)" }
  let decimals = String(units % unit)
  return "\(units / unit).\(String(repeating: "0", count: digits - decimals.count))\(decimals)"
}
