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

  var summary: String { "\(classes.names.count) classes" }

  func emptyDataset(spoolingIn folder: String) throws(Diagnostic) -> DatasetWriter {
    try DatasetWriter(
      columns: [
        TokenColumn(text, vocabularySize: vocabulary.count, padding: vocabulary.padding)
      ],
      classNames: classes.names, spoolingIn: folder)
  }

  mutating func append(
    _ batch: RowBatch, _ positions: [Int], of input: StageInput, to dataset: inout DatasetWriter
  ) throws(Diagnostic) {
    for row in 0..<batch.count {
      let name = ClassNumbers.name(of: batch.text(row, positions[1]))
      guard let number = classes[name] else {
        if name.isEmpty {
          unclassed.addUnlabelled(batch.origins[row])
        } else {
          unclassed.addUnseen(name, batch.origins[row])
        }
        continue
      }
      var ids: [Int32] = []
      let line = batch.bytes.span.extracting(batch.range(row, positions[0]))
      vocabulary.ids(of: line, isPadded: isPadded, into: &ids)
      unknown.count(ids)
      try dataset.append([ids], number: Int64(batch.origins[row].line), label: number)
    }
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
  }

  /// The value of a name that is written as a number, such as -3, 10 or 2.5; nil for any other.
  private static func number(_ name: String) -> Double? {
    let isWritten = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    return isWritten ? Double(name).flatMap { $0.isFinite ? $0 : nil } : nil
  }

  subscript(name: String) -> Int32? { numbers[name] }

  /// The class of a label, which is the label without blanks at its ends; empty for none.
  static func name(of label: String) -> String {
    label.isBlank ? "" : label.withoutEdgeBlanks
  }
}
