import Diagnostics
import Files
import Glibc
import Pipelines
import Starters
import Text

/// `init`: a first definition for a file of data.
struct Initialize: Command {
  static let name = "init"
  static let summary = "look at a CSV or TSV file and write a definition that runs"
  static let usage = "DATA"
  static let places = WordPlaces([.file])
  static let example = "millrace init fixtures/bios.csv --text description --label category"
  static let text = CommandOption(
    "--text", "COLUMN", .column, "the column to classify, by name or number; repeated: joined")
  static let label = CommandOption("--label", "COLUMN", .column, "the column of the class")
  static let source = CommandOption("--source", "COLUMN", .column, "the column to translate from")
  static let target = CommandOption("--target", "COLUMN", .column, "the column to translate into")
  static let yes = CommandOption("--yes", "take what the file suggests and ask nothing")
  static let output = CommandOption(
    "--output", "FILE", .file, "where to write it, - for standard output; else NAME.toml",
    short: "-o")
  static let options: [CommandOption] = [text, label, source, target, yes, output]

  private let arguments: ParsedArguments
  private let data: String

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    data = try arguments.words(1...1)[0]
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let output = arguments.value(Self.output) ?? "\(baseName).toml"
    let isShown = output == "-"
    guard unsafe isShown || access(output, F_OK) != 0 else { throw Diagnostic(.fileExists(output)) }
    let sample = try TableSample(file: data) { () throws(Diagnostic) in try InputFile(data) }
    let roles = try roles(in: sample)
    let folder = output.lastIndex(of: "/").map { String(output[...$0]) } ?? ""
    let path = RelativePath.of(data, from: isShown ? "" : folder)
    let text = StarterDefinition(name: baseName, path: path, sample: sample).text(for: roles)
    guard !isShown else {
      Terminal.output.write(text)
      return .fine
    }
    var file = try OutputFile(output)
    try file.write(Array(text.utf8).span)
    try file.commit()
    Terminal.output.line("wrote \(output); now run: millrace run \(output)")
    return .fine
  }

  /// The file's name without folders and endings.
  private var baseName: String {
    let file = data.split(separator: "/").last ?? "data"
    return String(file.prefix { $0 != "." })
  }

  /// The roles of the columns: from the command line, else asked for, else guessed from the file.
  private func roles(in sample: TableSample) throws(Diagnostic) -> ColumnRoles {
    if let roles = try givenRoles(in: sample) { return roles }
    let guess = ColumnRoles(guessing: sample)
    if arguments.has(Self.yes) {
      guard let guess else { throw Diagnostic(.noGuess(sample.columnNames)) }
      return guess
    }
    guard Interview.isPossible else { throw Diagnostic(.nobodyToAsk(sample.columnNames)) }
    guard let roles = Interview(sample).roles(proposing: guess) else {
      throw Diagnostic(.unanswered)
    }
    return roles
  }

  /// The roles of the command line; nil when none is given.
  private func givenRoles(in sample: TableSample) throws(Diagnostic) -> ColumnRoles? {
    var texts: [NameOrNumber] = []
    for name in arguments.values(Self.text) { texts.append(try sample.column(name)) }
    let label = try arguments.value(Self.label).map { name throws(Diagnostic) in
      try sample.column(name)
    }
    let source = try arguments.value(Self.source).map { name throws(Diagnostic) in
      try sample.column(name)
    }
    let target = try arguments.value(Self.target).map { name throws(Diagnostic) in
      try sample.column(name)
    }
    switch (texts.isEmpty, label, source, target) {
    case (true, nil, nil, nil): return nil
    case (false, let label?, nil, nil): return .classification(text: texts, label: label)
    case (true, nil, let source?, let target?):
      return .translation(source: source, target: target)
    default: throw Diagnostic(.halfGiven)
    }
  }
}

extension TableSample {
  /// The names of the columns, or their numbers where there is no header.
  var columnNames: [String] { columns.map { $0.name ?? "\($0.number)" } }

  /// The column that a person names, by its header or its number.
  func column(_ word: String) throws(Diagnostic) -> NameOrNumber {
    if let index = columnNames.firstIndex(of: word) { return columns[index].reference }
    if let number = Int(word), let column = columns.first(where: { $0.number == number }) {
      return column.reference
    }
    throw Diagnostic(.noColumn(word, among: columnNames))
  }
}

extension Diagnostic.Message {
  fileprivate static func fileExists(_ path: String) -> Self {
    Self("'\(path)' is there already", remedy: "name another file: -o FILE")
  }

  fileprivate static func noColumn(_ name: String, among names: [String]) -> Self {
    Self(
      "the file has no column '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "its columns are \(names.prefix(20).joined(separator: ", "))")
  }

  fileprivate static let halfGiven = Self(
    "the columns given are no pair", remedy: "give --text and --label, or --source and --target")

  fileprivate static func noGuess(_ names: [String]) -> Self {
    Self(
      "what the columns are for cannot be told: \(names.prefix(20).joined(separator: ", "))",
      remedy: "say --text and --label, or --source and --target")
  }

  fileprivate static func nobodyToAsk(_ names: [String]) -> Self {
    Self(
      "there is no terminal to ask on; the columns are \(names.prefix(20).joined(separator: ", "))",
      remedy: "say --text and --label, or --source and --target, or --yes to take a guess")
  }

  fileprivate static let unanswered = Self(
    "the questions were not answered", remedy: "nothing was written; run it again")
}
