import Artifacts
import Chains
import Diagnostics
import Files
import Formats
import Pipelines
import Processes
import Text

/// Runs a program as a stage.
package struct RunCommand: Stage {
  package static let kind = "command"
  package static let version = 1
  package static let manual = """
    runs any program as a stage: rows in, rows out
    The program reads the table from on standard input and writes a table to standard output: JSON
    Lines, an object a row, or with format = "tsv" tables as the store has them. The member line is
    where a row came from; who gives it back keeps rows traceable. rows says what comes back: the
    same rows in their places, a choice of them, several for each, or new ones; all of it is checked.
    inputs are further tables, as files NAME.jsonl in the folder $MILLRACE_INPUTS; with outputs, each
    is written as NAME.jsonl (scores as NAME.json) into $MILLRACE_OUTPUTS, and standard output is
    thrown away. It works in the folder of the definition, without a shell unless shell = true, and
    sees only the variables declared, PATH, HOME and TMPDIR. What it prints on standard error is shown
    and logged; another exit code than 0 fails the stage; when the run ends, so do all its processes.
    Millrace cannot see what else a program reads. The promise that a stage runs again whenever it
    must holds for what is declared: command, files, environment, options and inputs. Say what it
    reads in files, its script too. `run --verify-commands` runs each command twice and compares.
    A model does not hold commands: it is given text as the last command left it.
    """

  private static let shell = ["/bin/sh", "-c"]
  /// The setting under which a command is run twice and its results are compared.
  package static let runTwice = "runs=2"

  private let words: [String]
  private let input: StageInput?
  private let inputs: [StageInput]
  private let ports: [Port]
  /// Whether outputs are files; else the only one is standard output.
  private let isNamed: Bool
  /// Those of the input unless given.
  private let columns: [String]?
  private let format: CommandFormat
  private let relation: CommandRows
  private let files: [ExternalFile]
  private let environment: CommandEnvironment
  private let folder: String
  private let limit: Double
  private let runs: Int

  package init(from options: inout StageOptions) {
    let given = options.texts("command", default: nil, "the program, and its arguments")
    let usesShell = options.flag(
      "shell", default: false, "whether command is one text that /bin/sh reads")
    words = usesShell ? Self.shell + given : given
    if given.isEmpty || usesShell && given.count > 1 || given.contains(where: { $0.contains("\0") })
    {
      options.reject("command", .noCommand)
    } else if !usesShell, given.count == 1, given[0].contains(" ") {
      options.reject("command", .oneText(given[0]))
    }
    input = options.optionalInput(
      "from", .table, unset: "nothing on standard input", "the rows that it reads")
    inputs = options.entries(
      "inputs", expecting: "table of names and references", words: [], referringTo: .table,
      default: "{}", "further tables, as files of these names"
    ).compactMap { if case .input(let input) = $0.value { input } else { nil } }
    let tables = options.texts(
      "tables", default: [], "names of tables that it writes as files; else standard output")
    let scores = options.texts("scores", default: [], "names of scores that it writes as files")
    isNamed = !tables.isEmpty || !scores.isEmpty
    ports =
      isNamed ? tables.map { Port($0, .table) } + scores.map { Port($0, .scores) } : [Port(.table)]
    columns = options.optionalTexts(
      "columns", unset: "those of from", "the columns of the tables that it writes")
    format = options.choice("format", default: .json, "how tables are written and read")
    relation = options.choice(
      "rows", default: .same, "what comes back of the rows of from: same, choice, several, new")
    files = options.files("files", unset: "none", "what it reads: its script, lists, models")
    environment = CommandEnvironment(from: &options)
    limit = options.number(
      "timeout", default: 0, in: .atLeast(0), isKeyed: false,
      "seconds after which it is ended and has failed; 0 for any time")
    runs = options.integer(
      "runs", default: 1, in: 1...2, isKeyed: false,
      "how often it is run; of 2 runs the results must be the same")
    folder = options.folder
    let names = tables + scores
    if let name = names.first(where: { name in !Self.isName(name) || names.count { $0 == name } > 1
    }) {
      options.reject(tables.contains(name) ? "tables" : "scores", .badName(name))
    }
    if let columns,
      columns.isEmpty || columns.contains(TableText.originColumn)
        || Set(columns).count < columns.count
    {
      options.reject("columns", .badColumns)
    }
    if input == nil, !tables.isEmpty || !isNamed {
      if columns == nil { options.reject("columns", .noColumns) }
      if relation != .new { options.reject("rows", .noRowsRead(relation.rawValue)) }
    }
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }

  package var outputs: [Port] { ports }

  package func rows(of port: Port) -> RowSource {
    let isOneOfSeveral = ports.count { $0.type == .table } > 1
    guard let input, port.type == .table,
      let places = relation.places(amongSeveralOutputs: isOneOfSeveral)
    else { return .noRows }
    return .input(input, places)
  }

  package func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let desk = try CommandDesk(in: work.folder, format)
    var read: (columns: [String], origins: [Origin])?
    if let input {
      guard let written = try format.write(input, to: desk.input, work) else { return .stopped }
      read = written
    } else {
      try desk.write("", to: desk.input)
    }
    for input in inputs {
      let name = input.name.drop { $0 != "." }.dropFirst()
      guard try format.write(input, to: desk.input(named: String(name)), work) != nil else {
        return .stopped
      }
    }
    for number in 1...runs {
      guard try start(work, at: desk, run: number) else { return .stopped }
    }
    for port in ports where runs > 1 {
      guard try desk.areAlike(name(of: port), ofStandardOutput: !isNamed) else {
        throw Diagnostic(.anotherResult(port.name))
      }
    }
    for file in files { try work.checkUnchanged(file) }
    var counts: [String] = []
    for port in ports {
      let path = desk.output(name(of: port), ofStandardOutput: !isNamed, run: 1)
      if port.type == .scores {
        try work.commit(CommandScores(path, named: port.name).text, to: port)
      } else if let count = try commit(port, from: path, read, work) {
        counts.append("\(isNamed ? "\(port.name) " : "")\(Spelling.count(count))")
      } else {
        return .stopped
      }
    }
    work.summarise(counts.isEmpty ? "" : counts.joined(separator: ", ") + " rows")
    return .finished
  }

  /// The file of an output, or what standard output is called.
  private func name(of port: Port) -> String {
    "\(port.name).\(port.type == .scores ? "json" : format.ending)"
  }

  /// Runs the program to its end; false when it was ended because the run is to stop.
  private func start(
    _ work: StageWork, at desk: CommandDesk, run number: Int
  ) throws(Diagnostic) -> Bool {
    try desk.prepare(run: number)
    let child = ChildProcess(
      words: words, folder: folder,
      environment: environment.variables([
        "MILLRACE_INPUTS=\(desk.inputs)", "MILLRACE_OUTPUTS=\(desk.outputs(run: number))",
      ]), input: desk.input,
      output: .file(isNamed ? "/dev/null" : desk.standardOutput(run: number)))
    var last = ""
    let ending = try child.run(
      limit: limit > 0 ? limit : nil, shouldStop: { work.shouldStop },
      said: { line in
        work.say(line)
        if line.contains(where: { !$0.isWhitespace }) { last = line }
      })
    switch ending {
    case .exited(0): break
    case .exited(let code): throw Diagnostic(.failed("ended with exit code \(code)", saying: last))
    case .killed(let signal):
      throw Diagnostic(.failed("was killed by signal \(signal)", saying: last))
    case .timedOut: throw Diagnostic(.tookTooLong(limit))
    case .stopped: return false
    }
    for port in ports {
      let path = desk.output(self.name(of: port), ofStandardOutput: !isNamed, run: number)
      guard let status = try FileStatus(ofPath: path), status.byteCount > 0 || isNamed else {
        throw Diagnostic(.noOutput(isNamed ? name(of: port) : nil))
      }
    }
    return true
  }

  /// Checks and stores a table that was written; nil when asked to stop.
  private func commit(
    _ port: Port, from path: String, _ read: (columns: [String], origins: [Origin])?,
    _ work: StageWork
  ) throws(Diagnostic) -> Int? {
    let columns = columns ?? read?.columns ?? []
    var matching = OriginMatching(relation, read?.origins ?? [], output: port.name)
    var writer = try work.newTable(columns)
    var isWhole = true
    try format.read(path, output: port.name, columns: columns) {
      (batch, hasLine) throws(Diagnostic) in
      isWhole = isWhole && !work.shouldStop
      guard isWhole else { return }
      var rows = RowBatch(columnCount: columns.count)
      let first = hasLine ? 1 : 0
      for row in 0..<batch.count {
        for column in columns.indices { rows.append(batch.field(row, column + first)) }
        rows.endRow(try matching.origin(hasLine ? batch.field(row, 0) : nil))
      }
      try writer.append(rows)
    }
    guard isWhole else { return nil }
    try matching.finish()
    let count = writer.rowCount
    try work.commit(writer, to: port)
    return count
  }
}

extension Diagnostic.Message {
  fileprivate static let noCommand = Self(
    "command is no program with its arguments",
    remedy: "write command = [\"python3\", \"clean.py\"], or one text with shell = true")

  fileprivate static func oneText(_ text: String) -> Self {
    let words = text.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ", ")
    return Self(
      "command is one text with blanks, which no shell takes apart",
      remedy: "write command = [\(words)], or add shell = true")
  }

  fileprivate static func badName(_ name: String) -> Self {
    Self(
      "an output cannot be called '\(name)'",
      remedy: "give each a name of its own, of letters, digits and -")
  }

  fileprivate static let badColumns = Self(
    "columns must be different names, none of them line, which every table has",
    remedy: "name each column once")

  fileprivate static let noColumns = Self(
    "a command that reads no table must say what its columns are",
    remedy: "add columns = [\"text\", \"label\"], or from")

  fileprivate static func noRowsRead(_ relation: String) -> Self {
    Self(
      "rows = \"\(relation)\" means nothing to a command that reads no table",
      remedy: "say rows = \"new\", or add from")
  }

  fileprivate static func failed(_ how: String, saying last: String) -> Self {
    Self(
      "the command \(how)\(last.isEmpty ? "" : ": \(last.prefix(200))")",
      remedy: "its messages are above; nothing was recorded")
  }

  fileprivate static func tookTooLong(_ limit: Double) -> Self {
    Self(
      "the command was ended because it took longer than \(Spelling.duration(limit))",
      remedy: "give it more time with timeout, or look at what it waits for")
  }

  fileprivate static func noOutput(_ file: String?) -> Self {
    Self(
      "the command ended well, but wrote nothing to \(file ?? "standard output")",
      remedy: file.map { "let it write $MILLRACE_OUTPUTS/\($0)" } ?? "let it print its rows")
  }

  fileprivate static func anotherResult(_ output: String) -> Self {
    Self(
      "the command wrote something else to \(output) when it was run a second time",
      remedy:
        "let its result depend on nothing but what it is given: set seeds, sort what has no order"
    )
  }
}
