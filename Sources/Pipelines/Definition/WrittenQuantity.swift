/// Sizes and times as people write them.
package enum WrittenQuantity {
  private static let byteUnits = ["": 1.0, "b": 1, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12]
  private static let timeUnits = ["s": 1.0, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

  /// Bytes: `2G`, `500M`, `1.5 GB`; thousands, not 1024s.
  package static func byteCount(_ text: String) -> Int? {
    guard let (number, unit) = parts(of: text),
      let size = byteUnits[unit.count > 1 && unit.hasSuffix("b") ? String(unit.dropLast()) : unit]
    else { return nil }
    return Int(exactly: (number * size).rounded())
  }

  /// Seconds: `90s`, `30m`, `12h`, `7d`, `2w`, `0`.
  package static func seconds(_ text: String) -> Double? {
    guard let (number, unit) = parts(of: text) else { return nil }
    if unit.isEmpty, number == 0 { return 0 }
    return timeUnits[unit].map { number * $0 }
  }

  /// A number that is not negative, and the unit after it in lower case.
  private static func parts(of text: String) -> (Double, String)? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), number.isFinite else { return nil }
    return (number, text.dropFirst(digits.count).filter { $0 != " " }.lowercased())
  }
}
