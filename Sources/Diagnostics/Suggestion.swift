/// The known name a person most likely meant.
package enum Suggestion {
  /// The candidate nearest to `name`, or nil when none is near enough to be a slip of the hand.
  ///
  /// The first letters of a candidate's words are near to it: `lr` to `learning-rate`.
  /// Distance is Damerau–Levenshtein (optimal string alignment) on lower-cased scalars.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    if name.utf8.count > 1, let spelled = candidates.first(where: { initials(of: $0) == name }) {
      return spelled
    }
    let wanted = Array(name.lowercased().unicodeScalars)
    let limit = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(wanted, Array(candidate.lowercased().unicodeScalars))
      if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// `; did you mean 'size'?`, or nothing.
  package static func ending(for name: String, among candidates: some Sequence<String>) -> String {
    nearest(to: name, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
  }

  /// The first letters of a name's words.
  private static func initials(of name: String) -> String {
    String(name.split(separator: "-").compactMap(\.first))
  }

  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
