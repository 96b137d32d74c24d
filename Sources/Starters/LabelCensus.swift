import Diagnostics
import Text

/// The classes of a column of labels, and how many rows each has.
struct LabelCensus {
  /// By falling counts.
  let classes: [(name: String, count: Int)]
  let emptyCount: Int
  /// How many spellings differ from their class by blanks at their ends.
  private let blankedCount: Int
  /// Whether there are more values than were counted.
  private let isOpen: Bool

  init(_ column: TableSample.Column) {
    var counts: [String: Int] = [:]
    var blankedCount = 0
    let values =
      column.statistics.values
      ?? Dictionary(column.values.map { ($0, 1) }, uniquingKeysWith: +)
    for (value, count) in values where !value.isBlank {
      let name = value.withoutEdgeBlanks
      if name != value { blankedCount += 1 }
      counts[name, default: 0] += count
    }
    self.init(
      counts, emptyCount: column.statistics.emptyCount, blankedCount: blankedCount,
      isOpen: column.statistics.values == nil)
  }

  init(
    _ counts: [String: Int], emptyCount: Int = 0, blankedCount: Int = 0, isOpen: Bool = false
  ) {
    classes = counts.map { (name: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    self.emptyCount = emptyCount
    self.blankedCount = blankedCount
    self.isOpen = isOpen
  }

  /// `3 classes: pos 60, neg 30, odd 1`.
  var description: String {
    guard !classes.isEmpty else { return "No class" }
    guard !isOpen else { return "over \(Spelling.count(classes.count)) classes" }
    let shown = classes.prefix(6).map { "\($0.name) \(Spelling.count($0.count))" }
    let more = classes.count > 6 ? ", …" : ""
    let noun = classes.count == 1 ? "class" : "classes"
    return "\(Spelling.count(classes.count)) \(noun): \(shown.joined(separator: ", "))\(more)"
  }

  /// Classes with fewer rows than there are parts.
  var rare: [String] { classes.filter { $0.count < 3 }.map(\.name) }

  /// What a person should know before a training.
  var doubts: [String] {
    var doubts: [String] = []
    if classes.isEmpty { return ["no row has a label"] }
    if classes.count == 1 {
      doubts.append(
        "there is one class only, '\(classes[0].name)': a classifier is learned from two or more")
    }
    if emptyCount > 0 {
      doubts.append(
        "\(Spelling.count(emptyCount, "row")) without a label \(emptyCount == 1 ? "is" : "are") left out"
      )
    }
    if blankedCount > 0 { doubts.append("blanks around labels make no other class") }
    if !rare.isEmpty {
      let names = rare.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
      doubts.append(
        "\(Spelling.count(rare.count)) class\(rare.count == 1 ? "" : "es") of one or two rows"
          + " cannot be in every part: \(names)\(rare.count > 5 ? ", …" : "")")
    }
    let total = classes.reduce(0) { $0 + $1.count }
    if let first = classes.first, classes.count > 1, first.count * 10 > total * 9 {
      doubts.append(
        "'\(first.name)' is \(first.count * 100 / total) % of the rows: look at macro-f1, not at accuracy"
      )
    }
    return doubts
  }
}
