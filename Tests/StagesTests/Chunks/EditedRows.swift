import Fixtures

/// Rows of a CSV file that are edited at random, and blocks of which change places.
struct EditedRows {
  private(set) var rows: [String]
  private var random: SeededNumbers
  private static let words = [
    "the", "cat", "Sat", "on", "a", "mat", "It's", "unlikely", "and", "très", "http://a.b/c", "dog",
    "<b>bold</b>", "35", "km.",
  ]

  init(_ count: Int, seed: UInt64) {
    random = SeededNumbers(seed: seed)
    rows = []
    rows = (0..<count).map { _ in row() }
  }

  var csv: String { "text,label,extra\n" + rows.joined() }

  /// One row; some have no text, some a line break in it, some a word that no other has.
  private mutating func row() -> String {
    var words: [String] = []
    for _ in 0..<Int.random(in: 0...9, using: &random) {
      words.append(Self.words.randomElement(using: &random) ?? "")
    }
    if Bool.random(using: &random) { words.append("w\(Int.random(in: 0...999, using: &random))") }
    let gap = Int.random(in: 0...9, using: &random) == 0 ? "\n" : " "
    let label = ["x", "y", "z"].randomElement(using: &random) ?? "x"
    return "\"\(words.joined(separator: gap))\",\(label),\(Int.random(in: 0...9, using: &random))\n"
  }

  /// Appends, edits, deletes, inserts, or exchanges two blocks.
  ///
  /// - Returns: what was done.
  mutating func edit() -> String {
    let place = Int.random(in: 0..<rows.count, using: &random)
    switch Int.random(in: 0...5, using: &random) {
    case 0:
      rows += (0..<Int.random(in: 1...10, using: &random)).map { _ in row() }
      return "append"
    case 1:
      rows[place] = row()
      return "edit of row \(place)"
    case 2:
      rows.removeSubrange(place..<min(rows.count, place + Int.random(in: 1...20, using: &random)))
      return "deletion at \(place)"
    case 3:
      rows.insert(row(), at: place)
      return "insertion at \(place)"
    case 4:
      rows = Array(rows[place...] + rows[..<place])
      return "exchange of blocks at \(place)"
    default:
      rows.insert(contentsOf: rows[..<min(rows.count, 30)], at: place)
      return "repetition at \(place)"
    }
  }
}
