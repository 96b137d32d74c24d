import Artifacts
import Chains
import Datasets
import Diagnostics
import Files
import Formats
import Pipelines
import Text

/// Turns rows of tokens into token ids and class numbers.
struct Binarize: NumbersTokens {
  static let kind = "binarize"
  static let version = 3
  static let manual = """
    turns tokens into ids and labels into class numbers
    The datasets are safetensors files: for the column text, text.ids (all rows in turn),
    text.offsets, text.lengths; labels; rows (the line each came from). The classes are those of the
    part called train, or else of the first, in order; numbers are ordered as numbers, so that 10.0
    comes after 2.0. Blanks at the ends of a label make no other class, and an empty label is none.
    Words of the text that are spelled as <pad>, <unk>, <s> or </s> are words, not what those stand
    for. A part most of whose tokens are unknown is warned of.
    A table without the column text but with source and target becomes pairs: the same for both
    columns, each row ended by </s>, and no labels.
    """

  let from: Parts
  private let vocabularies: BinarizeVocabularies
  private let labelRules: LabelRules
  private let text: String
  private let label: String
  private let source: String
  private let target: String

  init(from options: inout StageOptions) {
    from = options.parts("from", .table, "the tokenized rows")
    vocabularies = BinarizeVocabularies(from: &options)
    let hasClasses = OptionCondition(
      !vocabularies.areSeparate, obstacle: "pairs, which a vocabulary for each side is for",
      remedy: "give one vocabulary")
    (text, label) = options.under(hasClasses) { options in
      (
        options.text("text", default: "text", "the column of tokens"),
        options.text("label", default: "label", "the column of classes")
      )
    }
    source = options.text("source", default: "source", "of pairs: the column to translate from")
    target = options.text("target", default: "target", "of pairs: the column to translate into")
    labelRules = LabelRules(from: &options)
  }

  var outputs: [Port] { from.mapped(to: .dataset) }

  func rows(of port: Port) -> RowSource {
    from.rows(of: port, labelRules.leaveRowsOut ? .choice : .same)
  }

  /// The vocabulary that gives the tokens of a column their ids.
  func vocabularyInput(of column: String) -> StageInput {
    vocabularies.input(isTarget: column == target)
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    // Where the part is cut that is read for its labels first.
    let cuts = ChunkCuts()
    guard var rows = try numberedRows(cutAt: cuts, work) else { return .stopped }
    var total = 0
    for (input, port) in zip(from.inputs, outputs) {
      let reader = try work.chunks(
        of: input, cutAt: input.source == from.measured.source ? cuts : nil)
      guard let count = try number(input, reader, to: port, by: &rows, work) else {
        return .stopped
      }
      guard count > 0 else { throw Diagnostic(.emptyPart("\(input.source)")) }
      total += count
    }
    work.note("rows", .integer(total))
    work.summarise("\(Spelling.count(total, "row")), \(rows.summary)")
    return .finished
  }

  /// Writes the dataset of one part.
  ///
  /// - Returns: how many rows it has; nil when asked to stop.
  private func number(
    _ input: StageInput, _ reader: consuming TableChunkReader<InputFile>, to port: Port,
    by rows: inout any NumberedRows, _ work: StageWork
  ) throws(Diagnostic) -> Int? {
    let positions = try reader.columns.positions(of: rows.columnNames, in: "\(input.source)")
    let lines = Set(from.inputs.map(\.name)).union(vocabularies.lineNames)
    let pieces = work.pieces(
      whateverIs: lines, [port.name] + reader.columns + rows.conditions)
    var writer = DatasetPieceWriter(
      try rows.emptyDataset(spoolingIn: work.folder), pieces, cores: work.cores)
    let numbering = rows
    let table = reader.lines.reading(positions)
    var leavesRowsOut = false
    let isWhole = try work.forEachPart(
      of: reader, isKnown: { pieces[$0.digest] != nil }
    ) { (part: ChunkPart) throws(Diagnostic) in
      try numbering.numbered(part, by: table, positions)
    } reuse: { (identity, _) throws(Diagnostic) in
      guard let note = try writer.copy(identity) else { return false }
      rows.count(tokens: note.tokens)
      return true
    } use: { (part, made) throws(Diagnostic) in
      rows.count(tokens: made.tokens)
      rows.count(unclassed: made.unclassed)
      leavesRowsOut = leavesRowsOut || !made.unclassed.isEmpty
      try writer.write(made.rows, tokens: made.tokens)
      guard part.isLast else { return }
      // Rows that are left out are told of by their lines.
      writer.end(leavesRowsOut ? nil : part.identity, readCount: part.chunk.rowCount)
      leavesRowsOut = false
    }
    guard isWhole else { return nil }
    try rows.finish(input, in: work)
    let count = writer.rowCount
    if count > 0 { try writer.commit(to: port, in: work) }
    return count
  }

  /// The conversion that fits the table's columns; nil when asked to stop.
  private func numberedRows(
    cutAt cuts: ChunkCuts, _ work: StageWork
  ) throws(Diagnostic) -> (any NumberedRows)? {
    let columns = try work.table(from.measured).columns
    let hasPairs = !columns.contains(text) && [source, target].allSatisfy(columns.contains)
    if hasPairs || vocabularies.areSeparate {
      return try NumberedPairs(
        from.measured, source: source, target: target, vocabularies, in: work)
    }
    guard let classes = try classNames(cutAt: cuts, work) else { return nil }
    work.note("classes", .array(classes.names.map { .string($0) }))
    return NumberedLabels(
      text: text, label: label,
      vocabulary: try work.vocabulary(vocabularies.input(isTarget: false)), classes: classes,
      rules: labelRules, isPadded: work.isPadded(from.measured, column: text))
  }

  /// The classes of the part that is learned from; nil when asked to stop.
  private func classNames(
    cutAt cuts: ChunkCuts, _ work: StageWork
  ) throws(Diagnostic) -> ClassNumbers? {
    let reader = try work.chunks(of: from.measured, cutAt: cuts)
    let columns = reader.columns
    let place = try columns.position(of: label, in: "\(from.measured.source)")
    let counter = ChunkedCounter()
    let known = counter.known
    let labels = try work.tally(
      reader, reading: [place], by: "count-labels 1\ncolumn \(place) of \(columns.count)\n",
      countsRows: false, into: counter, partsFrom: PartCounter(besides: known.tokens)
    ) { (labels) throws(Diagnostic) in
      guard labels.total.tokens.count > ClassNumbers.limit else { return }
      if ClassNumbers.names(of: labels.total.tokens).count > ClassNumbers.limit {
        throw Diagnostic(.tooManyClasses(label))
      }
    } _: { bytes, fields, part in
      part.add(bytes.extracting(fields[place]))
    }
    guard let labels = labels?.total else { return nil }
    var names = ClassNumbers.names(of: labels.tokens)
    let hasUnlabelled = names.remove("") != nil
    if names.count == 1, let name = names.first, !hasUnlabelled || labelRules.unlabelled == .skip {
      throw Diagnostic(.oneClass(name, "\(from.measured.source)", labels.total))
    }
    return ClassNumbers(names)
  }
}

extension Diagnostic.Message {
  fileprivate static func emptyPart(_ part: String) -> Self {
    Self("'\(part)' has no rows", remedy: "give the part a larger share, or look at the filters")
  }

  fileprivate static func oneClass(_ name: String, _ part: String, _ count: Int) -> Self {
    Self(
      "there is one class only: all \(Spelling.count(count, "row")) of '\(part)' are '\(name)'",
      remedy: "give rows of two classes at least; there is nothing to tell apart")
  }

  fileprivate static func tooManyClasses(_ column: String) -> Self {
    Self(
      "the column '\(column)' has over \(ClassNumbers.limit) different values: it is no label",
      remedy: "say which column is the label")
  }
}
