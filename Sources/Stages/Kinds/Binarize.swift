import Artifacts
import Datasets
import Diagnostics
import Pipelines
import Reports
import Text

/// Turns rows of tokens into token ids and class numbers.
struct Binarize: Stage {
  static let kind = "binarize"
  static let version = 1
  static let manual = """
    turns tokens into ids and labels into class numbers
    The datasets are safetensors files: for the column text, text.ids (all rows in turn),
    text.offsets, text.lengths; labels; rows (the line each came from). The classes are those of the
    part called train, or else of the first, in order; numbers are ordered as numbers.
    """

  let from: Parts
  private let vocabulary: StageInput
  private let column: String
  private let label: String

  init(from options: inout StageOptions) {
    from = options.parts("from", .table, "the tokenized rows")
    vocabulary = options.input("vocabulary", .vocabulary, "what gives tokens their ids")
    column = options.text("text", default: "text", "the column of tokens")
    label = options.text("label", default: "label", "the column of classes")
  }

  var outputs: [Port] { from.mapped(to: .dataset) }

  /// The input whose entries number the tokens of a column.
  func vocabularyInput(of column: String) -> StageInput { vocabulary }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let entries = try work.map(vocabulary).withBytes { (bytes) throws(Diagnostic) in
      try Vocabulary(lines: bytes, file: "\(vocabulary.source)")
    }
    guard let classes = try classNames(work) else { return .stopped }
    var total = 0
    let pace = RowProgress(of: work)
    for (input, port) in zip(from.inputs, outputs) {
      var dataset = DatasetWriter(
        columns: [TokenColumn(column, vocabularySize: entries.count, padding: 0)],
        classNames: classes.names)
      var reader = try work.table(input)
      let places = try places(in: reader.columns, of: input)
      while let batch = try reader.next() {
        guard !work.shouldStop else { return .stopped }
        try append(batch, places, entries, classes, input, to: &dataset)
        pace.report(
          rows: total + dataset.count, bytesRead: reader.source.bytesRead,
          of: reader.source.byteCount)
      }
      guard dataset.count > 0 else { throw Diagnostic(.emptyPart("\(input.source)")) }
      total += dataset.count
      var draft = try work.store.makeDraft()
      try dataset.write(into: &draft)
      try work.commit(draft, to: port)
    }
    work.note("rows", .integer(total))
    work.note("classes", .array(classes.names.map { .string($0) }))
    work.summarise("\(Spelling.count(total)) rows, \(classes.names.count) classes")
    return .finished
  }

  private func append(
    _ batch: RowBatch, _ places: (text: Int, label: Int), _ entries: Vocabulary,
    _ classes: ClassNumbers, _ input: StageInput, to dataset: inout DatasetWriter
  ) throws(Diagnostic) {
    for row in 0..<batch.count {
      var ids: [Int32] = []
      entries.ids(of: batch.bytes.span.extracting(batch.range(row, places.text)), into: &ids)
      let name = batch.text(row, places.label)
      guard let number = classes[name] else {
        throw Diagnostic(
          .unknownClass(name, "\(input.source)", among: classes.names),
          at: Place(file: "\(input.source)", line: batch.origins[row].line))
      }
      dataset.append([ids], number: Int64(batch.origins[row].line), label: number)
    }
  }

  private func places(
    in columns: [String], of input: StageInput
  ) throws(Diagnostic) -> (text: Int, label: Int) {
    guard let text = columns.firstIndex(of: column) else {
      throw Diagnostic(.noColumn(column, "\(input.source)", among: columns))
    }
    guard let label = columns.firstIndex(of: label) else {
      throw Diagnostic(.noColumn(label, "\(input.source)", among: columns))
    }
    return (text, label)
  }

  /// The classes of the measured part; nil when asked to stop.
  private func classNames(_ work: StageWork) throws(Diagnostic) -> ClassNumbers? {
    var reader = try work.table(from.measured)
    let place = try places(in: reader.columns, of: from.measured).label
    var names: Set<String> = []
    while let batch = try reader.next() {
      guard !work.shouldStop else { return nil }
      for row in 0..<batch.count { names.insert(batch.text(row, place)) }
      guard names.count <= ClassNumbers.limit else {
        throw Diagnostic(.tooManyClasses(label))
      }
    }
    return ClassNumbers(names)
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

  fileprivate static func emptyPart(_ part: String) -> Self {
    Self("'\(part)' has no rows", remedy: "give the part a larger share, or look at the filters")
  }

  fileprivate static func tooManyClasses(_ column: String) -> Self {
    Self(
      "the column '\(column)' has over \(ClassNumbers.limit) different values: it is no label",
      remedy: "say which column is the label")
  }
}
