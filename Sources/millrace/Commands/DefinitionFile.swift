import Artifacts
import Diagnostics
import Pipelines
import Stages

#if canImport(Glibc)
  import Glibc
#endif

/// A definition as the commands open it: the file read, overlays laid on, every problem shown.
struct DefinitionFile {
  let plan: Plan

  /// Reads and plans the file.
  ///
  /// - Parameter settings: what is laid over it beside what the command line says.
  /// - Throws: `Problems` shown to the person already.
  init(
    _ path: String, _ arguments: ParsedArguments, also settings: [GivenOverlay] = []
  ) throws(Diagnostic) {
    switch try Self.read(path, arguments, also: settings) {
    case .plan(let plan): self.plan = plan
    case .problems(let problems): throw Self.shown(problems)
    }
  }

  /// Whether a word can only name a definition, or does name a file.
  static func isNamed(by word: String) -> Bool {
    unsafe word.hasSuffix(".toml") || word.contains("/") || access(word, F_OK) == 0
  }

  /// The last problem, to be thrown; the others are shown.
  static func shown(_ problems: [Diagnostic]) -> Diagnostic {
    for problem in problems.dropLast() { Terminal.errors.line("\(problem)") }
    guard let last = problems.last else { preconditionFailure("problems without a problem") }
    return last
  }

  /// Everything that is to be said of a definition, and how many stages it has.
  static func check(
    _ path: String, _ arguments: ParsedArguments
  ) throws(Diagnostic) -> (problems: [Diagnostic], stageCount: Int) {
    let overlay = try setOverlay(arguments)
    let bytes = try InputFile.contents(of: path, atMost: 64 << 20)
    return Plan.check(bytes, file: path, overlay: overlay, catalog: .standard)
  }

  static func read(
    _ path: String, _ arguments: ParsedArguments, also settings: [GivenOverlay] = []
  ) throws(Diagnostic) -> Plan.Reading {
    var overlay = try setOverlay(arguments) + settings
    let bytes = try InputFile.contents(of: path, atMost: 64 << 20)
    if let point = arguments.value(.point) {
      overlay += try ChosenPoint(point, of: bytes, path, arguments).overlay
    }
    return Plan.read(bytes, file: path, overlay: overlay, catalog: .standard)
  }

  /// What `--set` lays over the definition.
  static func setOverlay(_ arguments: ParsedArguments) throws(Diagnostic) -> [GivenOverlay] {
    var overlay: [GivenOverlay] = []
    for argument in arguments.values(.set) { overlay.append(try GivenOverlay(argument)) }
    return overlay
  }
}

extension ArtifactStore {
  /// The store a command works on: `--store`, else `$MILLRACE_STORE`, else `.millrace`.
  static func chosen(by arguments: ParsedArguments) -> ArtifactStore {
    let path = arguments.value(.store) ?? Environment.value("MILLRACE_STORE") ?? ".millrace"
    return ArtifactStore(root: path)
  }

  /// Says what went wrong in the store without stopping the command.
  func showNotices() {
    for notice in takeNotices() { Terminal.errors.line("\(notice)") }
  }
}
