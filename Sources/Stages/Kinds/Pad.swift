import Chains
import Diagnostics
import Formats
import Pipelines
import Text

/// Brings rows of tokens to one length.
struct Pad: PadsRows {
  static let kind = "pad"
  static let version = 2
  static let manual = """
    brings rows of tokens to one length
    The length is given, or measured: the longest row, or the length that a percentile of the rows
    does not exceed; it is measured on the part called train, or else on the first. Models work on
    the real length of each row, so padding never changes a result; truncation does. Padding takes
    place on the disk: a length that would fill it is refused. A word of the text that is spelled as
    <pad> gets a backslash before it, which learn-vocabulary and binarize take away again.
    """

  /// An end of a row.
  enum Side: String, CaseIterable {
    case left, right
  }

  /// Cutting, which is all that a model repeats, has not changed since the first version.
  static let textVersion = 1

  /// The name under which a model stores the measured length, as opposed to the option `length`.
  static let measuredLength = "measured-length"

  let from: Parts
  let columns: TextColumns
  private let length: Int?
  private let percentile: Double
  private let side: Side
  private let truncatedSide: Side

  init(from options: inout StageOptions) {
    from = options.parts("from", .table, "the tokenized rows")
    columns = TextColumns(from: &options)
    length = options.optionalInteger(
      "length", in: 1...1_000_000, unset: "measured", "tokens in each row")
    let isMeasured = OptionCondition(
      length == nil, obstacle: "a length that is given", remedy: "leave length out")
    percentile = options.under(isMeasured) {
      $0.number(
        "percentile", default: 100, in: .from(1, through: 100),
        "the share of rows that need not be truncated, when the length is measured")
    }
    side = options.choice("side", default: .right, "where padding is added")
    truncatedSide = options.choice("truncate", default: .right, "where longer rows lose tokens")
  }

  var outputs: [Port] { from.mapped(to: .table) + [Port(.length)] }

  func rows(of port: Port) -> RowSource {
    port.type == .length ? .noRows : from.rows(of: port, .same)
  }

  func longestRow(of port: Port) -> Int? { port.type == .length ? nil : length }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    var lengths: [RowLengths] = []
    let cuts = from.inputs.map { _ in ChunkCuts() }
    for (input, cuts) in zip(from.inputs, cuts) {
      guard let found = try rowLengths(of: input, cutAt: cuts, work) else { return .stopped }
      lengths.append(found)
    }
    let measured = from.inputs.firstIndex(of: from.measured).map { lengths[$0] }
    let length = length ?? measured?.length(ofPercent: percentile) ?? 1
    let cut = Truncation(length: length, side: truncatedSide)
    let forecast = PaddingForecast(length: length, of: lengths, cores: work.cores)
    try forecast.check(in: work)
    for (index, (input, port)) in zip(from.inputs, outputs).enumerated() {
      let written = try work.rewrite(
        input, to: port, cutAt: cuts[index]
      ) { (names) throws(Diagnostic) in
        let chosen = Set(try columns.positions(in: names, of: "\(input.source)"))
        let unpadded = chosen.filter { !work.isPadded(input, column: names[$0]) }
        let first = PaddedFields(truncation: cut, side: side, sparesWords: true)
        let again = PaddedFields(truncation: cut, side: side, sparesWords: false)
        let conditions = ["length \(length)", "unpadded \(unpadded.sorted())"]
        return TableChange(columns: names, isByRow: true, conditions: conditions) { batch in
          let padded = unpadded.isEmpty ? batch : batch.mapping(unpadded, first)
          let others = chosen.subtracting(unpadded)
          return TableChange.Rows(others.isEmpty ? padded : padded.mapping(others, again))
        }
      }
      guard written != nil else { return .stopped }
    }
    let json: JSONValue = ["length": .integer(length)]
    try work.commit(json.compact + "\n", to: Port(.length))
    work.note("length", .integer(length))
    work.note("truncated", .integer(forecast.truncatedCount))
    work.note("truncated-share", .number(forecast.truncatedShare))
    let percent = (forecast.truncatedShare * 1000).rounded() / 10
    work.summarise("length \(length), \(percent) % truncated")
    return .finished
  }

  /// The step of a model's chain, which only cuts rows, since models ignore padding.
  func transform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform {
    let json = try JSONValue(parsing: try resources(Self.measuredLength) ?? [], file: "length")
    return Truncation(length: max(1, json["length"]?.intValue ?? Int.max), side: truncatedSide)
  }

  /// How many tokens the rows have; nil when asked to stop.
  private func rowLengths(
    of input: StageInput, cutAt cuts: ChunkCuts, _ work: StageWork
  ) throws(Diagnostic) -> RowLengths? {
    let reader = try work.chunks(of: input, cutAt: cuts)
    let positions = try columns.positions(in: reader.columns, of: "\(input.source)")
    let recipe = "count-lengths 2\ncolumns \(positions) of \(reader.columns.count)\n"
    return try work.tally(
      reader, reading: positions, by: recipe, countsRows: false, byteCount: StageWork.partBytes,
      into: TableLengths(), partsFrom: .ofBatch
    ) { bytes, fields, lengths in
      lengths.add(bytes, fields, columns: positions)
    }?.total
  }
}

/// Cuts a line of tokens to a length.
struct Truncation: FieldTransform {
  let length: Int
  let side: Pad.Side

  func apply(_ text: Span<UInt8>, of row: Origin, into output: inout [UInt8]) {
    let count = text.tokenCount
    let first = side == .left ? max(0, count - length) : 0
    let last = side == .right ? min(count, length) : count
    var index = 0
    text.forEachToken { range in
      if index >= first, index < last {
        if index > first { output.append(UInt8(ascii: " ")) }
        for position in range { output.append(text[position]) }
      }
      index += 1
    }
  }
}

/// Cuts a line of tokens to a length, or fills it up.
private struct PaddedFields: FieldTransform {
  private let truncation: Truncation
  private let side: Pad.Side
  /// Whether words that look like padding are spelled otherwise; false where there is padding already.
  private let sparesWords: Bool
  private var spared: [UInt8] = []

  init(truncation: Truncation, side: Pad.Side, sparesWords: Bool) {
    self.truncation = truncation
    self.side = side
    self.sparesWords = sparesWords
  }

  mutating func apply(_ text: Span<UInt8>, of row: Origin, into output: inout [UInt8]) {
    guard sparesWords else { return fill(text, of: row, into: &output) }
    spared.removeAll(keepingCapacity: true)
    PaddedLine.append(wordsOf: text, to: &spared)
    fill(spared.span, of: row, into: &output)
  }

  private func fill(_ text: Span<UInt8>, of row: Origin, into output: inout [UInt8]) {
    let missing = truncation.length - text.tokenCount
    if side == .left { append(missing, before: true, to: &output, isAlone: text.tokenCount == 0) }
    truncation.apply(text, of: row, into: &output)
    if side == .right { append(missing, before: false, to: &output, isAlone: text.tokenCount == 0) }
  }

  private func append(_ count: Int, before: Bool, to output: inout [UInt8], isAlone: Bool) {
    let token = Array(Vocabulary.Special.padding.rawValue.utf8)
    for index in 0..<max(0, count) {
      let isFirst = index == 0 && (before || isAlone)
      if !isFirst { output.append(UInt8(ascii: " ")) }
      output += token
    }
    if before, count > 0, !isAlone { output.append(UInt8(ascii: " ")) }
  }
}

extension Span<UInt8> {
  /// The stretches between spaces.
  func forEachToken(_ body: (Range<Int>) -> Void) {
    var start = 0
    for index in 0...count where index == count || self[index] == UInt8(ascii: " ") {
      if index > start { body(start..<index) }
      start = index + 1
    }
  }

  var tokenCount: Int {
    var tokens = 0
    forEachToken { _ in tokens += 1 }
    return tokens
  }
}
