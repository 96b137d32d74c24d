import Pipelines
import Text

extension TableSample.Column {
  /// The column as an option gives it: by its name, else by its number.
  package var reference: NameOrNumber { name.map(NameOrNumber.name) ?? .number(number) }

  /// As a sentence names it.
  var called: String { name.map { "'\($0)'" } ?? "\(number)" }
}

/// What a column looks like.
struct ColumnTraits {
  let column: TableSample.Column
  /// Of the rows that were looked at.
  let distinctCount: Int
  /// The mean of rows that have words.
  let wordsInARow: Double
  /// How many rows there are, and how many hold nothing.
  let rowCount: Int
  let emptyCount: Int

  init(_ column: TableSample.Column) {
    self.column = column
    let values = column.values.filter { !$0.isBlank }
    distinctCount = Set(values.map(\.withoutEdgeBlanks)).count
    let words = values.reduce(0) { $0 + Self.wordCount(of: $1) }
    wordsInARow = Double(words) / Double(max(1, values.count))
    emptyCount = column.statistics.emptyCount
    rowCount = column.statistics.words.count
  }

  /// Words between white space; of scripts without, two characters count as one.
  private static func wordCount(of text: String) -> Int {
    let unspaced = text.unicodeScalars.count { scalar in
      (0x3040...0x30FF).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value)
        || (0x0E00...0x0E7F).contains(scalar.value)
    }
    return text.split(whereSeparator: \.isWhitespace).count + unspaced / 2
  }

  var isEmpty: Bool { emptyCount == rowCount }

  private var filledCount: Int { column.values.count { !$0.isBlank } }

  /// Few values of few words, each of them several times.
  var looksLikeLabel: Bool {
    distinctCount > 1 && distinctCount <= 200 && distinctCount * 3 <= filledCount
      && wordsInARow <= 3
  }

  /// Whether it may be a label at all: values that come again.
  var mayBeLabel: Bool { distinctCount > 1 && !hasManyValues }

  /// Whether most rows have a value of their own.
  var hasManyValues: Bool { filledCount >= 20 && distinctCount * 2 > filledCount }

  /// Whether every row has another word or number.
  var looksLikeIdentifier: Bool {
    let isNamed = column.name.map { name in
      let name = name.lowercased()
      return ["id", "idx", "index", "guid", "uuid", "unnamed: 0"].contains(name)
        || name.hasSuffix("_id") || name.hasSuffix("-id")
    }
    return wordsInARow <= 1 && distinctCount == filledCount
      && (isNamed ?? false || areNumbers && filledCount > 2)
  }

  /// Whether some values are no whole numbers.
  var haveFractions: Bool {
    column.values.contains { value in
      Double(value.withoutEdgeBlanks).map { $0 != $0.rounded() } ?? false
    }
  }

  var areNumbers: Bool {
    column.values.allSatisfy { $0.isBlank || Double($0.withoutEdgeBlanks) != nil }
  }

  /// Whether rows come in groups by it, such as all of one author.
  var looksLikeGroup: Bool {
    guard let name = column.name?.lowercased() else { return false }
    let words = name.split { !$0.isLetter }.map(String.init)
    let known = [
      "author", "user", "username", "speaker", "group", "thread", "conversation", "dialogue",
      "patient", "document", "session",
    ]
    return words.contains(where: known.contains) && distinctCount > 2
      && distinctCount < filledCount && wordsInARow <= 3
  }
}
