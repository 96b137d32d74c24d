/// Numbers as people read them.
package enum Spelling {
  /// `12,345`.
  package static func count(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// `1 row`, `12,345 rows`, `2 classes`, `3 entries`.
  package static func count(_ number: Int, _ noun: String) -> String {
    "\(count(number)) \(number == 1 ? noun : plural(of: noun))"
  }

  /// The plural of a noun that forms it by rule.
  private static func plural(of noun: String) -> String {
    let end = noun.utf8.suffix(2)
    let isOfConsonant = end.first.map { !"aeiou".utf8.contains($0) } ?? false
    if end.last == UInt8(ascii: "y"), isOfConsonant { return "\(noun.dropLast())ies" }
    let hisses = ["s", "x", "z", "tch", "sh"].contains { noun.hasSuffix($0) }
    return noun + (hisses ? "es" : "s")
  }

  /// `8.4 s`, `2 m 05 s`, `1 h 12 m`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "?" }
    if seconds < 0.1 { return "\(fixed(seconds * 1000, places: seconds < 0.01 ? 1 : 0)) ms" }
    if seconds < 100 { return "\(fixed(seconds, places: 1)) s" }
    let whole = Int(min(seconds, 1e12).rounded())
    if whole < 3600 { return "\(whole / 60) m \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) m"
  }

  /// `1.2 MB`.
  package static func bytes(_ count: Int) -> String {
    let units = ["kB", "MB", "GB", "TB"]
    var value = Double(count)
    guard value >= 1000 else { return "\(count) B" }
    var unit = -1
    while value >= 1000, unit + 1 < units.count {
      value /= 1000
      unit += 1
    }
    return "\(fixed(value, places: value < 10 ? 1 : 0)) \(units[unit])"
  }

  /// A share of 1 in per cent, `12.3 %`; only exactly 0 and 1 are shown as 0 and 100.
  package static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "?" }
    if share > 0, share < 0.0005 { return "<0.1 %" }
    if share < 1, share > 0.9995 { return ">99.9 %" }
    return "\(fixed(share * 100, places: 1)) %"
  }

  /// A part of a whole in per cent; 0 when both are 0.
  package static func percent(_ part: Int, of whole: Int) -> String {
    percent(whole == 0 ? 0 : Double(part) / Double(whole))
  }

  /// A number with a fixed number of decimal places.
  package static func fixed(_ number: Double, places: Int) -> String {
    guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = (abs(number) * Double(scale)).rounded()
    guard let whole = Int(exactly: scaled) else { return "\(number)" }
    let sign = number < 0 && whole > 0 ? "-" : ""
    guard places > 0 else { return "\(sign)\(whole)" }
    let decimals = String(whole % scale)
    return "\(sign)\(whole / scale)."
      + String(repeating: "0", count: places - decimals.count) + decimals
  }

  /// A number with at most so many decimal places.
  package static func rounded(_ number: Double, places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return "\((number * scale).rounded() / scale)"
  }

  /// A number of any size with at most four significant digits: `0.0123`, `1.234`, `5.6e-06`.
  package static func measure(_ number: Double) -> String {
    guard number.isFinite, number != 0 else { return number == 0 ? "0" : "\(number)" }
    let size = abs(number)
    if size >= 1000, size < 1e9 { return count(Int(number.rounded())) }
    if size >= 0.001, size < 1000 {
      return fixed(number, places: size < 0.1 ? 5 : size < 10 ? 3 : size < 100 ? 2 : 1)
    }
    var (mantissa, exponent) = (size, 0)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\(number < 0 ? "-" : "")\(fixed(mantissa, places: 1))e\(exponent)"
  }

  /// Numbers that are read together, with as many decimals as the largest needs, and one more.
  package static func measures(_ numbers: [Double]) -> [String] {
    let largest = measure(numbers.map(abs).max() ?? 0)
    guard !largest.contains("e"), let point = largest.firstIndex(of: ".") else {
      return numbers.map(measure)
    }
    let places = largest.distance(from: point, to: largest.endIndex)
    return numbers.map { fixed($0, places: places) }
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}

extension Spelling {
  /// The order of values written as text: numbers first, by size, then words.
  package static func isLess(_ a: String, _ b: String) -> Bool {
    switch (Double(a), Double(b)) {
    case (let x?, let y?): x < y
    case (_?, nil): true
    case (nil, _?): false
    case (nil, nil): a < b
    }
  }
}
