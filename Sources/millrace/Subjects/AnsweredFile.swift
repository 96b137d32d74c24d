import Cores
import Diagnostics
import Files
import Formats
import Pipelines
import Stages
import Text

/// A file of rows that a command answers with a model into another file, or on standard output.
struct AnsweredFile {
  static let input = CommandOption(
    "--input", "FILE", .file, "what to read; else standard input")
  static let text = CommandOption(
    "--text", "COLUMN", .column, "read rows as load does, and this column of them; may be repeated")
  static let output = CommandOption(
    "--output", "FILE", .file, "write all columns and the answers: .csv, .tsv or .jsonl",
    short: "-o")
  static let load = CommandOption(
    "--load", "OPTION=VALUE", "an option of load for the rows: --load delimiter=';'")
  static let badRows = CommandOption(
    "--bad-rows", BadRows.self, "what to do with rows that cannot be read; skip unless given")
  static let prefix = CommandOption(
    "--prefix", "TEXT", "what the names of the new columns begin with")
  /// Those that have a meaning for a file of rows only.
  private static let ofRows = [load, badRows, prefix]
  static let options = [input, text, output] + ofRows

  let arguments: ParsedArguments
  let path: String
  private let target: String?
  private let text: [String]
  let reading: TableReading
  private let layout: TableInput.Layout
  private let format: TableFileFormat?

  /// What the names of the new columns begin with.
  let prefix: String

  /// - Parameter others: further options that have a meaning for a file of rows only.
  /// - Returns: nil when texts are to be answered line by line as they come.
  init?(_ arguments: ParsedArguments, _ others: [CommandOption] = []) throws(Diagnostic) {
    let columns = arguments.values(Self.text)
    guard !columns.isEmpty || arguments.value(Self.output) != nil else {
      let given = (Self.ofRows + others).first { arguments.has($0) || arguments.value($0) != nil }
      if let given { throw Diagnostic(.wantsRows(given.name)) }
      return nil
    }
    self.arguments = arguments
    path = arguments.value(Self.input).flatMap { $0 == "-" ? nil : $0 } ?? "/dev/stdin"
    target = arguments.value(Self.output).flatMap { $0 == "-" ? nil : $0 }
    text = columns.isEmpty ? [TableInput.lineColumn] : columns
    layout = columns.isEmpty ? .lines : .rows
    prefix = arguments.value(Self.prefix) ?? ""
    reading = try TableReading(
      path, settings: arguments.values(Self.load), from: Self.load.name,
      badRows: try arguments.choice(Self.badRows) ?? .skip)
    format =
      if let target { try TableFileFormat(fileName: target) } else if arguments.has(.json) {
        .jsonLines
      } else { nil }
  }

  /// Reads the rows, lets a model answer them, and writes them.
  func answer(
    with answers: some RowAnswers, until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode {
    if layout == .lines { Self.warn(ofTable: arguments.value(Self.input), option: Self.text.name) }
    return try interruption.polled(hasCheckpoints: false) { () throws(Diagnostic) in
      let input: TableInput
      do throws(Diagnostic) {
        input = try TableInput(
          path, reading, layout: layout, unless: { interruption.isRequested })
      } catch {
        guard interruption.isRequested else { throw error }
        return stopped(after: 0)
      }
      let cores = availableCores()
      var answering = try TableAnswering(
        answers, of: input, text: text, as: format ?? input.format, cores: cores,
        option: "--prefix predicted-")
      let started = WorkClock.now
      let isWhole: Bool
      var written: (path: String, byteCount: Int)?
      if let target {
        var output = try OutputFile(target)
        isWhole = try run(&answering, input, into: &output, until: interruption)
        let byteCount = output.byteCount
        if isWhole {
          written = output.isStandardOutput ? nil : (target, byteCount)
          try output.commit()
        }
      } else {
        var output = StandardOutput()
        isWhole = try run(&answering, input, into: &output, until: interruption)
      }
      report(of: input, answering.answers.cutWarning)
      guard isWhole else {
        return stopped(after: answering.rowCount)
      }
      let seconds = started.secondsSoFar
      if let written { tell(answering.rowCount, input.skipped.count, written, seconds) }
      return .fine
    }
  }

  /// Says how far it came, unless it was stopped because nobody reads the answers.
  private func stopped(after rowCount: Int) -> ExitCode {
    if Terminal.output.hasFailed { return .fine }
    Terminal.errors.tell(Diagnostic(.stopped(rowCount, target)))
    return .interrupted
  }

  private func run<Answers: RowAnswers, Sink: ByteSink & ~Copyable>(
    _ answering: inout TableAnswering<Answers>, _ input: TableInput, into sink: inout Sink,
    until interruption: Interruption
  ) throws(Diagnostic) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var display = LiveDisplay(terminal: .errors, nameWidth: name.count)
    display.start(name)
    let started = WorkClock.now
    defer { display.end(name) }
    do throws(Diagnostic) {
      return try answering.run(
        input, into: &sink,
        report: { progress in
          let seconds = started.secondsSoFar
          let share = progress.file.share
          display.progress(
            name,
            StageProgress(
              fraction: share,
              text: "\(Spelling.count(progress.rows, "row"))"
                + " · \(Spelling.count(Int(Double(progress.rows) / max(seconds, 1e-6)))) rows/s",
              secondsLeft: share.map { seconds / max($0, 1e-6) - seconds }))
        }, shouldStop: { interruption.isRequested })
    } catch {
      // A pipe that had nothing to read when a stop was requested.
      guard interruption.isRequested else { throw error }
      return false
    }
  }
}

/// Standard output as a place for bytes.
private struct StandardOutput: ByteSink {
  private(set) var byteCount = 0

  mutating func write(_ bytes: Span<UInt8>) {
    byteCount += bytes.count
    Terminal.output.write(bytes: bytes.indices.map { bytes[$0] })
  }
}

extension Diagnostic.Message {
  fileprivate static func wantsRows(_ option: String) -> Self {
    Self(
      "\(option) means nothing to lines of text",
      remedy: "leave it out, or say which column of a file of rows is the text: --text COLUMN")
  }

  fileprivate static func stopped(_ rows: Int, _ target: String?) -> Self {
    Self(
      "stopped after \(Spelling.count(rows, "row"))"
        + (target.map { ": '\($0)' is as it was before" } ?? ""))
  }
}
