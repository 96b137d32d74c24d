import Chains
import Diagnostics
import Formats
import Pipelines
import Text

/// Brings rows of tokens to one length.
struct Pad: PadsRows {
  static let kind = "pad"
  static let version = 1
  static let manual = """
    brings rows of tokens to one length
    The length is given, or measured: the longest row, or the length that a percentile of the rows
    does not exceed; it is measured on the part called train, or else on the first. Models work on
    the real length of each row, so padding never changes a result; truncation does.
    """

  /// An end of a row.
  enum Side: String, CaseIterable {
    case left, right
  }

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

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    var measured = length
    if measured == nil { measured = try measuredLength(work) }
    guard let length = measured else { return .stopped }
    let cut = Truncation(length: length, side: truncatedSide)
    var rows = 0
    var truncated = 0
    for (input, port) in zip(from.inputs, outputs) {
      guard let counts = try tokenCounts(of: input, work) else { return .stopped }
      rows += counts.reduce(0) { $0 + $1.value }
      truncated += counts.reduce(0) { $0 + ($1.key > length ? $1.value : 0) }
      let written = try work.rewrite(input, to: port) { (names) throws(Diagnostic) in
        let chosen = Set(try columns.positions(in: names, of: "\(input.source)"))
        let fields = PaddedFields(truncation: cut, side: side)
        return TableChange(columns: names) { $0.mapping(chosen, fields) }
      }
      guard written != nil else { return .stopped }
    }
    let json: JSONValue = ["length": .integer(length)]
    try work.commit(json.compact + "\n", to: Port(.length))
    let share = rows == 0 ? 0 : Double(truncated) / Double(rows)
    work.note("length", .integer(length))
    work.note("truncated", .integer(truncated))
    work.note("truncated-share", .number(share))
    let percent = (share * 1000).rounded() / 10
    work.summarise("length \(length), \(percent) % truncated")
    return .finished
  }

  /// The step of a model's chain, which only cuts rows, since models ignore padding.
  func transform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform {
    let json = try JSONValue(parsing: try resources(Self.measuredLength) ?? [], file: "length")
    return Truncation(length: max(1, json["length"]?.intValue ?? Int.max), side: truncatedSide)
  }

  /// The least length that the given share of rows does not exceed; nil when asked to stop.
  private func measuredLength(_ work: StageWork) throws(Diagnostic) -> Int? {
    guard let counts = try tokenCounts(of: from.measured, work) else { return nil }
    let total = counts.reduce(0) { $0 + $1.value }
    var covered = 0
    for (length, count) in counts.sorted(by: { $0.key < $1.key }) {
      covered += count
      if Double(covered) >= percentile / 100 * Double(total) { return max(1, length) }
    }
    return 1
  }

  /// The numbers of tokens of rows; a row's is that of its longest column.
  private func tokenCounts(
    of input: StageInput, _ work: StageWork
  ) throws(Diagnostic) -> [Int: Int]? {
    var reader = try work.table(input)
    let positions = try columns.positions(in: reader.columns, of: "\(input.source)")
    var counts: [Int: Int] = [:]
    while let batch = try reader.next() {
      guard !work.shouldStop else { return nil }
      for row in 0..<batch.count {
        let longest = positions.map { batch.bytes.span.extracting(batch.range(row, $0)).tokenCount }
        counts[longest.max() ?? 0, default: 0] += 1
      }
    }
    return counts
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
  let truncation: Truncation
  let side: Pad.Side

  func apply(_ text: Span<UInt8>, of row: Origin, into output: inout [UInt8]) {
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
