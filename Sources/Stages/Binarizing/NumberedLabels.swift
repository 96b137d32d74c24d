import Chains
import Datasets
import Diagnostics
import Pipelines
import Text

/// Labelled text as ids, and its labels as class numbers.
struct NumberedLabels: NumberedRows {
  let text: String
  let label: String
  let vocabulary: Vocabulary
  let classes: ClassNumbers
  let rules: LabelRules
  /// Whether the text column was filled up by `pad`.
  let isPadded: Bool
  private var unclassed = UnclassedRows()
  private var unknown: UnknownTokens

  init(
    text: String, label: String, vocabulary: Vocabulary, classes: ClassNumbers, rules: LabelRules,
    isPadded: Bool
  ) {
    self.text = text
    self.label = label
    self.vocabulary = vocabulary
    self.classes = classes
    self.rules = rules
    self.isPadded = isPadded
    unknown = UnknownTokens(to: vocabulary)
  }

  var columnNames: [String] { [text, label] }

  var summary: String { Spelling.count(classes.names.count, "class") }

  var conditions: [String] {
    ["entries \(vocabulary.entriesDigest)", "padded \(isPadded)"] + classes.names
  }

  func emptyDataset(spoolingIn folder: String) throws(Diagnostic) -> DatasetWriter {
    try DatasetWriter(
      columns: [
        TokenColumn(text, vocabularySize: vocabulary.count, padding: vocabulary.padding)
      ],
      classNames: classes.names, spoolingIn: folder)
  }

  func numbered(
    _ part: ChunkPart, by table: TableLines, _ positions: [Int]
  ) throws(Diagnostic) -> NumberedBatch {
    var numbered = NumberedBatch(columnCount: 1)
    let (text, label) = (positions[0], positions[1])
    // What a row would copy otherwise.
    let (vocabulary, classes, isPadded) = (vocabulary, classes, isPadded)
    try part.forEachRow(by: table) { origin, bytes, fields in
      switch classes.find(bytes.extracting(fields[label])) {
      case .none(let name): numbered.unclassed.append((name, origin))
      case .class(let number):
        numbered.rows.append(to: 0) { ids in
          vocabulary.ids(of: fields[text], in: bytes, isPadded: isPadded, into: &ids)
        }
        numbered.rows.endRow(number: Int64(origin.line), label: number)
      }
    }
    numbered.tokens = [unknown.count(in: numbered.rows.ids(of: 0))]
    return numbered
  }

  mutating func count(unclassed rows: [(label: String, origin: Origin)]) {
    for (label, origin) in rows {
      if label.isEmpty {
        unclassed.addUnlabelled(origin)
      } else {
        unclassed.addUnseen(label, origin)
      }
    }
  }

  mutating func count(tokens: [UnknownTokens.Count]) {
    for tokens in tokens { unknown.add(tokens) }
  }

  mutating func finish(_ input: StageInput, in work: StageWork) throws(Diagnostic) {
    try unclassed.settle(by: rules, classes: classes.names, of: input, in: work)
    unclassed = UnclassedRows()
    unknown.settle("\(input.source)", in: work)
  }
}

/// Class names in order, and their numbers.
struct ClassNumbers {
  /// A column with more different values than this is refused as a label.
  static let limit = 100_000
  let names: [String]
  private let numbers: [String: Int32]
  /// The names in order: most labels are spelled just like one.
  private let spellings: TokenTable

  /// Numbers the names in the order of their bytes, or of their values when all are different numbers.
  init(_ names: Set<String>) {
    var values: [String: Double] = [:]
    for name in names { values[name] = Self.number(name) }
    let areNumbers = values.count == names.count && Set(values.values).count == names.count
    self.names = names.sorted { a, b in
      if areNumbers, let x = values[a], let y = values[b] { return x < y }
      return a.utf8.lexicographicallyPrecedes(b.utf8)
    }
    numbers = Dictionary(
      self.names.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    spellings = TokenTable(self.names.map { Array($0.utf8) })
  }

  /// What a label stands for.
  enum Found {
    /// The class of that number.
    case `class`(Int32)
    /// No class, but this name; an empty one for no label.
    case none(name: String)
  }

  func find(_ label: Span<UInt8>) -> Found {
    if let place = spellings.id(of: label) { return .class(Int32(place)) }
    let name = Self.name(of: String(decoding: label.indices.map { label[$0] }, as: UTF8.self))
    return numbers[name].map { .class($0) } ?? .none(name: name)
  }

  /// The value of a name that is written as a number, such as -3, 10 or 2.5; nil for any other.
  private static func number(_ name: String) -> Double? {
    let isWritten = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    return isWritten ? Double(name).flatMap { $0.isFinite ? $0 : nil } : nil
  }

  /// The names that labels give, an empty one where some give none.
  static func names(of labels: TokenTable) -> Set<String> {
    Set((0..<labels.count).map { name(of: String(decoding: labels[$0], as: UTF8.self)) })
  }

  /// The class of a label, which is the label without blanks at its ends; empty for none.
  static func name(of label: String) -> String {
    label.isBlank ? "" : label.withoutEdgeBlanks
  }
}
