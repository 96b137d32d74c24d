import Artifacts
import Diagnostics
import Files
import Glibc
import Pipelines
import Stages
import Sweeps

/// A definition opened by a command: read, overridden by settings, planned, its problems shown.
struct DefinitionFile {
  let plan: Plan
  /// The settings of `--set` and of `--point`, which override the file's options.
  let (given, ofPoint): ([GivenOverlay], [GivenOverlay])

  /// Reads and plans the file.
  ///
  /// - Parameter settings: settings in addition to those of the command line.
  /// - Throws: `Problems` shown to the person already.
  init(
    _ path: String, _ arguments: ParsedArguments, also settings: [GivenOverlay] = []
  ) throws(Diagnostic) {
    let (reading, given, ofPoint) = try Self.open(path, arguments, also: settings)
    switch reading {
    case .plan(let plan): self.plan = plan
    case .problems(let problems): throw Self.shown(problems)
    }
    (self.given, self.ofPoint) = (given, ofPoint)
  }

  /// The bytes of a definition.
  static func contents(of path: String) throws(Diagnostic) -> [UInt8] {
    try InputFile.contents(of: path, atMost: 64 << 20, allowingPipes: true)
  }

  /// Whether a word looks like the path of a definition, or names a file.
  static func isNamed(by word: String) -> Bool {
    unsafe word.hasSuffix(".toml") || word.contains("/") || access(word, F_OK) == 0
  }

  /// Shows all problems but the last one to be reported, which is returned to be thrown.
  static func shown(_ problems: [Diagnostic]) -> Diagnostic {
    let told = ProblemList(problems).told
    for problem in told.dropLast() { Terminal.errors.line("\(problem)") }
    guard let last = told.last else { preconditionFailure("problems without a problem") }
    return last
  }

  /// The problems and warnings of a definition, and how many stages it has.
  static func check(
    _ path: String, _ arguments: ParsedArguments
  ) throws(Diagnostic) -> (problems: [Diagnostic], stageCount: Int) {
    let overlay = try setOverlay(arguments)
    return Plan.check(try contents(of: path), file: path, overlay: overlay, catalog: .standard) {
      (path) throws(Diagnostic) in _ = try InputFile(path)
    }
  }

  static func read(
    _ path: String, _ arguments: ParsedArguments
  ) throws(Diagnostic) -> Plan.Reading {
    try open(path, arguments, also: []).reading
  }

  private static func open(
    _ path: String, _ arguments: ParsedArguments, also settings: [GivenOverlay]
  ) throws(Diagnostic) -> (reading: Plan.Reading, given: [GivenOverlay], ofPoint: [GivenOverlay]) {
    let given = try setOverlay(arguments)
    let bytes = try contents(of: path)
    let ofPoint =
      if let point = arguments.value(.point) {
        try ChosenPoint(point, of: bytes, path, arguments).overlay
      } else { [] as [GivenOverlay] }
    let reading = Plan.read(
      bytes, file: path, overlay: given + settings + ofPoint, catalog: .standard)
    return (reading, given, ofPoint)
  }

  /// The settings of `--set`.
  static func setOverlay(_ arguments: ParsedArguments) throws(Diagnostic) -> [GivenOverlay] {
    var overlay: [GivenOverlay] = []
    for argument in arguments.values(.set) { overlay.append(try GivenOverlay(argument)) }
    return overlay
  }
}

extension ArtifactStore {
  /// The store a command uses: `--store`, else `$MILLRACE_STORE`, else `.millrace` in the folder of the
  /// first definition or above it, else in the working folder.
  static func chosen(by arguments: ParsedArguments) -> ArtifactStore {
    if let named = arguments.value(.store) ?? Environment.value("MILLRACE_STORE") {
      return ArtifactStore(root: named)
    }
    let definition = arguments.words.first { DefinitionFile.isNamed(by: $0) }
    return ArtifactStore(root: StoreFolder.of(definition))
  }

  /// The store a command works on, which must be there and readable.
  static func existing(chosenBy arguments: ParsedArguments) throws(Diagnostic) -> ArtifactStore {
    let store = chosen(by: arguments)
    guard try store.exists else { throw Diagnostic(.noStore(store.root)) }
    return store
  }

  /// Prints the notices of the store: problems that do not stop the command.
  func showNotices() {
    for notice in takeNotices() { Terminal.errors.line("\(notice)") }
  }
}

extension Diagnostic.Message {
  fileprivate static func noStore(_ root: String) -> Self {
    Self(
      "there is no store '\(root)'",
      remedy: "name one with --store, or let `millrace run FILE` make it")
  }
}
