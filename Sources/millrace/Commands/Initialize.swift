import Diagnostics
import Files
import Glibc
import Pipelines
import Reports
import Stages
import Starters
import Text

/// `init`: a first definition for the data that a person has.
struct Initialize: Command {
  static let name = "init"
  static let summary = "look at files of data and write a definition that runs"
  static let usage = "DATA…"
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
  static let options: [CommandOption] = roles + [AnsweredFile.load, yes, output]
  static let details = """
    How the files are written is told from them, but for what --load says, which the definition keeps.
    """
  /// The options of load that files of lines have, too.
  private static let ofLines = ["encoding", "invalid", "row-limit"]
  /// The options that say what columns are for.
  private static let roles: [CommandOption] = [text, label, source, target]

  private let arguments: ParsedArguments
  private let paths: [String]
  private let settings: LoadSettings

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    paths = try arguments.words(1...1000)
    settings = try LoadSettings(
      arguments.values(AnsweredFile.load), from: AnsweredFile.load.name, file: paths[0])
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let output = arguments.value(Self.output) ?? "\(baseName).toml"
    let isShown = output == "-"
    guard unsafe isShown || access(output, F_OK) != 0 else { throw Diagnostic(.fileExists(output)) }
    guard isShown || output.hasSuffix(".toml") else { throw Diagnostic(.noDefinitionName(output)) }
    let folder = isShown ? "" : output.lastIndex(of: "/").map { String(output[...$0]) } ?? ""
    let definition: StarterDefinition
    do throws(Diagnostic) {
      definition = try self.definition { RelativePath.of($0, from: folder) }
    } catch {
      throw Self.namingLoad(error)
    }
    guard !isShown else {
      Terminal.output.write(definition.text)
      return .fine
    }
    var file = try OutputFile(output)
    try file.write(Array(definition.text.utf8).span)
    try file.commit()
    for doubt in definition.doubts { Terminal.output.line("look at this: \(doubt)") }
    let name = ShellWord.quoted(output.hasPrefix("-") ? "./\(output)" : output).printable
    Terminal.output.line("wrote \(name); now run: millrace run \(name)")
    return .fine
  }

  /// The first file's name without folders, endings and control characters, or the folder's.
  private var baseName: String {
    let file = paths.first?.split(separator: "/").last { $0 != "." } ?? "data"
    let name = String(file.prefix { $0 != "." })
    let scalars = name.unicodeScalars.map { $0.isObeyed ? "_" : $0 }
    return name.isEmpty ? "data" : String(String.UnicodeScalarView(scalars))
  }

  private func definition(
    relative: @escaping @Sendable (String) -> String
  ) throws(Diagnostic) -> StarterDefinition {
    let finder = try LayoutFinder(paths, given: settings.notation)
    let layout = try finder.layout()
    let files: [DataLayout.NamedFile]
    switch layout {
    case .table(let paths): files = paths.map { DataLayout.NamedFile("", $0) }
    case .tables(let parts): files = parts
    case .parallel, .classes:
      if let given = Self.roles.first(where: { arguments.value($0) != nil }) {
        throw Diagnostic(.noColumnsToName(given.name))
      }
      if let line = settings.lines.first(where: { !Self.ofLines.contains($0.option) }) {
        throw Diagnostic(.nothingToLines(line.option))
      }
      let found = try SampledFiles(
        layout, given: settings.notation, lines: settings.lines, relative: relative
      ).definition(name: baseName)
      guard let found else { preconditionFailure("\(layout) has columns") }
      return found
    }
    let sample = try TableSample(file: files[0].path, given: settings.notation) {
      () throws(Diagnostic) in try InputFile(files[0].path)
    }
    let flag = AnsweredFile.load
    _ = try LoadSettings(arguments.values(flag), from: flag.name, format: sample.format)
    let roles = try roles(in: sample)
    let (fitting, strangers) = Self.sorted(files, by: roles, like: sample)
    return SampledTable(
      files: fitting.map { DataLayout.NamedFile($0.name, relative($0.path)) }, sample: sample,
      lines: settings.lines, strangers: strangers,
      classNames: try finder.classNames.map { path throws(Diagnostic) in
        (relative(path), try Self.lines(of: path))
      }
    ).definition(name: baseName, roles)
  }

  /// Says how an option of load is given here, where a remedy sets one.
  private static func namingLoad(_ problem: Diagnostic) -> Diagnostic {
    guard let remedy = problem.message.remedy, remedy.contains("set ") else { return problem }
    var problem = problem
    problem.message = Diagnostic.Message(
      problem.message.problem,
      remedy: "\(remedy); here with \(AnsweredFile.load.name) OPTION=VALUE")
    return problem
  }

  private static func lines(of path: String) throws(Diagnostic) -> [String] {
    try SideFile(try InputFile.contents(of: path, atMost: 1 << 20), path: path).lines.map(\.text)
  }

  /// The files that have the columns of the first, and what is wrong with those that do not.
  ///
  /// A part that is alone is no part.
  private static func sorted(
    _ files: [DataLayout.NamedFile], by roles: ColumnRoles, like first: TableSample
  ) -> (fitting: [DataLayout.NamedFile], strangers: [String]) {
    var fitting = [files[0]]
    var strangers: [String] = []
    for file in files.dropFirst() {
      let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
      do throws(Diagnostic) {
        let sample = try TableSample(file: file.path, format: first.format, given: first.given) {
          () throws(Diagnostic) in try InputFile(file.path)
        }
        if roles.fit(sample) {
          fitting.append(file)
        } else {
          strangers.append("\(name) lacks columns of the training file")
        }
      } catch {
        strangers.append("\(name) cannot be read (\(error.message.problem))")
      }
    }
    if fitting.count == 1 { fitting = [DataLayout.NamedFile("", fitting[0].path)] }
    return (fitting, strangers)
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
    let given = texts + [label, source, target].compactMap { $0 }
    if let twice = given.indices.first(where: { given[..<$0].contains(given[$0]) }) {
      throw Diagnostic(.sameColumn(given[twice]))
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
    Self("'\(path)' is there already", remedy: "name another file: -o NAME.toml")
  }

  fileprivate static func noDefinitionName(_ path: String) -> Self {
    Self(
      "'\(path)' is no name of a definition, which ends in .toml",
      remedy: "-o \(ShellWord.quoted(path + ".toml"))")
  }

  fileprivate static func sameColumn(_ column: NameOrNumber) -> Self {
    let name =
      switch column {
      case .name(let name): "'\(name)'"
      case .number(let number): "\(number)"
      }
    return Self("the column \(name) is given twice", remedy: "name each column once")
  }

  fileprivate static func noColumn(_ name: String, among names: [String]) -> Self {
    Self(
      "the file has no column '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "its columns are \(names.prefix(20).joined(separator: ", "))")
  }

  fileprivate static func noColumnsToName(_ option: String) -> Self {
    Self(
      "these files have no columns to choose from",
      remedy: "leave out \(option): what each file holds is told by its name")
  }

  fileprivate static func nothingToLines(_ option: String) -> Self {
    Self("\(option) means nothing to files of lines", remedy: "leave it out")
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
