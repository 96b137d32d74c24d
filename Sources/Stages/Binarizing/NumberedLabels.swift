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
  }

  var columnNames: [String] { [text, label] }

  var emptyDataset: DatasetWriter {
    DatasetWriter(
      columns: [
        TokenColumn(text, vocabularySize: vocabulary.count, padding: vocabulary.padding)
      ],
      classNames: classes.names)
  }

  var summary: String { "\(classes.names.count) classes" }

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
      dataset.append([ids], number: Int64(batch.origins[row].line), label: number)
    }
  }

  mutating func finish(_ input: StageInput, in work: StageWork) throws(Diagnostic) {
    try unclassed.settle(by: rules, classes: classes.names, of: input, in: work)
    unclassed = UnclassedRows()
  }
}

/// Class names in order, and their numbers.
struct ClassNumbers {
  /// A column with more different values than this is refused as a label.
  static let limit = 100_000
  let names: [String]
  private let numbers: [String: Int32]

  /// Numbers the names in the order of their bytes, or of their values when all are whole numbers.
  init(_ names: Set<String>) {
    let values = names.compactMap { Int($0) }
    self.names =
      values.count == names.count && Set(values).count == names.count
      ? names.sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }
      : names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    numbers = Dictionary(
      self.names.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(name: String) -> Int32? { numbers[name] }

  /// The class of a label, which is the label without blanks at its ends; empty for none.
  static func name(of label: String) -> String {
    label.isBlank ? "" : label.withoutEdgeBlanks
  }
}
