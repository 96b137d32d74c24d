/// Numbers as people read them.
enum Spelling {
  /// `12,345`.
  static func count(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// `8.4 s`, `2 m 05 s`, `1 h 12 m`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "?" }
    if seconds < 0.1 { return "\(fixed(seconds * 1000, places: seconds < 0.01 ? 1 : 0)) ms" }
    if seconds < 100 { return "\(fixed(seconds, places: 1)) s" }
    let whole = Int(min(seconds, 1e12).rounded())
    if whole < 3600 { return "\(whole / 60) m \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) m"
  }

  /// `1.2 MB`.
  static func bytes(_ count: Int) -> String {
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

  /// A number with a fixed number of decimal places.
  static func fixed(_ number: Double, places: Int) -> String {
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

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
