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

  var columnNames: [String] { [text, label] }

  var emptyDataset: DatasetWriter {
    DatasetWriter(
      columns: [
        TokenColumn(text, vocabularySize: vocabulary.count, padding: vocabulary.padding)
      ],
      classNames: classes.names)
  }

  var summary: String { "\(classes.names.count) classes" }

  func append(
    _ batch: RowBatch, _ positions: [Int], of input: StageInput, to dataset: inout DatasetWriter
  ) throws(Diagnostic) {
    for row in 0..<batch.count {
      var ids: [Int32] = []
      vocabulary.ids(of: batch.bytes.span.extracting(batch.range(row, positions[0])), into: &ids)
      let name = batch.text(row, positions[1])
      guard let number = classes[name] else {
        throw Diagnostic(
          .unknownClass(name, "\(input.source)", among: classes.names),
          at: Place(file: "\(input.source)", line: batch.origins[row].line))
      }
      dataset.append([ids], number: Int64(batch.origins[row].line), label: number)
    }
  }
}

/// Class names in order, and their numbers.
struct ClassNumbers {
  /// A column with more values than this is no label.
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
}

extension Diagnostic.Message {
  fileprivate static func unknownClass(
    _ name: String, _ part: String, among names: [String]
  ) -> Self {
    Self(
      "'\(part)' has the class '\(name)', which no training row has",
      remedy: "the classes are \(names.prefix(20).joined(separator: ", ")); stratify the split")
  }
}
