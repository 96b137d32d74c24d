import Diagnostics

extension Spelling {
  /// Of two lists: what only either has, and how many they are: `−3, +12, of 6,000 → 6,009`.
  package static func difference(onlyA: Int, onlyB: Int, of counts: (Int, Int)) -> String {
    var parts: [String] = []
    if onlyA > 0 { parts.append("−\(count(onlyA))") }
    if onlyB > 0 { parts.append("+\(count(onlyB))") }
    parts.append("of \(count(counts.0)) → \(count(counts.1))")
    return parts.joined(separator: ", ")
  }
}
