import Artifacts
import Diagnostics
import Files
import Pipelines
import Stages
import Sweeps

#if canImport(Glibc)
  import Glibc
#endif

/// A definition as the commands open it: the file read, overlays laid on, every problem shown.
struct DefinitionFile {
  let plan: Plan
  /// What `--set` and `--point` lay over the file's own options.
  let (given, ofPoint): ([GivenOverlay], [GivenOverlay])

  /// Reads and plans the file.
  ///
  /// - Parameter settings: what is laid over it beside what the command line says.
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

  /// Whether a word can only name a definition, or does name a file.
  static func isNamed(by word: String) -> Bool {
    unsafe word.hasSuffix(".toml") || word.contains("/") || access(word, F_OK) == 0
  }

  /// The last problem that is told of, to be thrown; those before it are shown.
  static func shown(_ problems: [Diagnostic]) -> Diagnostic {
    let told = ProblemList(problems).told
    for problem in told.dropLast() { Terminal.errors.line("\(problem)") }
    guard let last = told.last else { preconditionFailure("problems without a problem") }
    return last
  }

  /// Everything that is to be said of a definition, and how many stages it has.
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

  /// What `--set` lays over the definition.
  static func setOverlay(_ arguments: ParsedArguments) throws(Diagnostic) -> [GivenOverlay] {
    var overlay: [GivenOverlay] = []
    for argument in arguments.values(.set) { overlay.append(try GivenOverlay(argument)) }
    return overlay
  }
}

extension ArtifactStore {
  /// The store a command works on: `--store`, else `$MILLRACE_STORE`, else `.millrace` in the folder of
  /// the first definition or above it, else in the working folder.
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

  /// Says what went wrong in the store without stopping the command.
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
