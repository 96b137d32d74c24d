import Pipelines
import Text

/// The roles of a file's columns: text and label, or sentence and translation.
package enum ColumnRoles: Hashable, Sendable {
  case classification(text: [NameOrNumber], label: NameOrNumber)
  case translation(source: NameOrNumber, target: NameOrNumber)
}

extension ColumnRoles {
  private static let textNames = [
    "text", "sentence", "description", "review", "content", "body", "comment", "tweet", "message",
    "question", "title", "document", "abstract",
  ]
  private static let labelNames = [
    "label", "category", "class", "sentiment", "topic", "intent", "tag", "rating", "stars",
  ]
  private static let languages = [
    "en", "de", "fr", "es", "it", "nl", "pt", "ru", "pl", "cs", "ro", "zh", "ja", "ko", "tr", "ar",
    "english", "german", "french", "spanish", "italian", "dutch", "portuguese", "russian",
  ]

  /// The roles that the names and values of columns suggest; nil when it is not clear.
  package init?(guessing sample: TableSample) {
    let columns = sample.columns.map(ColumnTraits.init)
    let names = columns.map { $0.column.name?.lowercased() ?? "" }
    func named(_ known: [String]) -> ColumnTraits? {
      known.compactMap { name in names.firstIndex(of: name) }.first.map { columns[$0] }
    }
    func role(_ traits: ColumnTraits) -> NameOrNumber { traits.column.reference }
    if let source = named(["source", "src"]), let target = named(["target", "tgt"]) {
      self = .translation(source: role(source), target: role(target))
      return
    }
    let spoken = columns.indices.filter { Self.languages.contains(names[$0]) }
    if spoken.count >= 2 {
      self = .translation(source: role(columns[spoken[0]]), target: role(columns[spoken[1]]))
      return
    }
    let label =
      named(Self.labelNames)
      ?? columns.filter(\.looksLikeLabel).min { $0.distinctCount < $1.distinctCount }
    let texts = columns.filter { $0.column.number != label?.column.number }
    let text =
      named(Self.textNames).flatMap { named in
        named.column.number == label?.column.number ? nil : named
      } ?? texts.max { $0.wordsInARow < $1.wordsInARow }
    if let label, let text {
      self = .classification(text: [role(text)], label: role(label))
      return
    }
    let sentences = columns.filter { $0.wordsInARow > 2 }
    guard sentences.count >= 2 else { return nil }
    self = .translation(source: role(sentences[0]), target: role(sentences[1]))
  }
}

extension TableSample.Column {
  /// The column as an option gives it: by its name, else by its number.
  package var reference: NameOrNumber { name.map(NameOrNumber.name) ?? .number(number) }
}

/// What a column looks like.
private struct ColumnTraits {
  let column: TableSample.Column
  let distinctCount: Int
  /// The mean.
  let wordsInARow: Double

  init(_ column: TableSample.Column) {
    self.column = column
    distinctCount = Set(column.values).count
    let words = column.values.reduce(0) { $0 + $1.split(whereSeparator: \.isWhitespace).count }
    wordsInARow = Double(words) / Double(max(1, column.values.count))
  }

  /// Few values of few words, each of them several times.
  var looksLikeLabel: Bool {
    distinctCount > 1 && distinctCount <= 200 && distinctCount * 3 <= column.values.count
      && wordsInARow <= 3
  }
}
