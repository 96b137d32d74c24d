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
  /// The file as it was read.
  let bytes: [UInt8]
  /// All that overrides the file's options.
  let overlay: [GivenOverlay]
  /// The settings of `--set` and of `--point`, which override the file's options.
  let (given, ofPoint): ([GivenOverlay], [GivenOverlay])

  /// Reads and plans the file.
  ///
  /// - Parameters:
  ///   - read: the file's bytes, where it was read already.
  ///   - settings: settings in addition to those of the command line.
  /// - Throws: `Problems` shown to the person already.
  init(
    _ path: String, _ arguments: ParsedArguments, read: [UInt8]? = nil,
    also settings: [GivenOverlay] = []
  ) throws(Diagnostic) {
    let set = try Self.setOverlay(arguments)
    given = set.filter { !$0.isFinal }
    bytes = if let read { read } else { try Self.contents(of: path, arguments) }
    ofPoint = try Self.pointOverlay(arguments, of: bytes, path)
    overlay = set + settings + ofPoint
    switch Plan.read(bytes, file: path, overlay: overlay, catalog: .standard) {
    case .plan(let plan): self.plan = plan
    case .problems(let problems): throw Self.shown(problems)
    }
    guard !arguments.has(.final) || plan.definition.showsKeptTest else {
      throw Diagnostic(.nothingKept(path))
    }
  }

  /// The bytes of a definition: as they were when a detached run began, else those of the file.
  static func contents(
    of path: String, _ arguments: ParsedArguments
  ) throws(Diagnostic) -> [UInt8] {
    if let held = arguments.heldDefinition { return held }
    return try InputFile.contents(of: path, atMost: 64 << 20, allowingPipes: true)
  }

  /// The bytes of a definition that was run before, if it still is a file.
  static func contents(ofFile path: String) throws(Diagnostic) -> [UInt8] {
    try InputFile.contents(of: path, atMost: 64 << 20)
  }

  /// Whether a word looks like the path of a definition, or names a file.
  static func isNamed(by word: String) -> Bool {
    unsafe word.hasSuffix(".toml") || word.contains("/") || access(word, F_OK) == 0
  }

  /// Shows all problems but the last one to be reported, which is returned to be thrown.
  static func shown(_ problems: [Diagnostic]) -> Diagnostic {
    let told = ProblemList(problems).told
    for problem in told.dropLast() { Terminal.errors.tell(problem) }
    guard let last = told.last else { preconditionFailure("problems without a problem") }
    return last
  }

  /// What is to be said of a definition without running it.
  struct Checked {
    /// Its problems and warnings, with what stages warned of when they gave the results in the store.
    var problems: [Diagnostic]
    let stageCount: Int
    /// Nil where nothing is to be trained, or records do not tell.
    var forecast: RunForecast?
  }

  /// - Parameter cores: for the forecast.
  static func check(
    _ path: String, _ arguments: ParsedArguments, in store: ArtifactStore, cores: Int
  ) throws(Diagnostic) -> Checked {
    let overlay = try setOverlay(arguments)
    let bytes = try contents(of: path, arguments)
    let (problems, stageCount) = Plan.check(
      bytes, file: path, overlay: overlay, catalog: .standard, obstacle: InputFile.obstacle)
    var checked = Checked(problems: problems, stageCount: stageCount)
    if try store.exists,
      case .plan(let plan) = Plan.read(bytes, file: path, overlay: overlay, catalog: .standard)
    {
      let assessment = try Assessment(of: plan, in: store)
      let recorded = assessment.recordedWarnings.filter { !problems.contains($0) }
      checked.problems = Plan.inOrder(problems + recorded)
      let stale = assessment.stages.filter { $0.record == nil }.map(\.planned)
      checked.forecast = try RunForecast(of: stale, in: store, cores: cores)
    }
    return checked
  }

  static func read(
    _ path: String, _ arguments: ParsedArguments
  ) throws(Diagnostic) -> Plan.Reading {
    let bytes = try contents(of: path, arguments)
    let overlay = try setOverlay(arguments) + pointOverlay(arguments, of: bytes, path)
    return Plan.read(bytes, file: path, overlay: overlay, catalog: .standard)
  }

  /// The settings of the point that `--point` names.
  private static func pointOverlay(
    _ arguments: ParsedArguments, of bytes: [UInt8], _ path: String
  ) throws(Diagnostic) -> [GivenOverlay] {
    guard let point = arguments.value(.point) else { return [] }
    return try ChosenPoint(point, of: bytes, path, arguments).overlay
  }

  /// The settings of `--set`, and what `--final` means.
  static func setOverlay(_ arguments: ParsedArguments) throws(Diagnostic) -> [GivenOverlay] {
    var overlay: [GivenOverlay] = arguments.has(.final) ? [.final] : []
    for argument in arguments.values(.set) { overlay.append(try GivenOverlay(argument)) }
    return overlay
  }
}

extension Plan {
  /// Says of a definition with folds that only its first one is shown; nil of any other.
  var foldNote: String? {
    foldedStages.first.map { stage in
      "note: of the first fold; --set \(stage.name).\(StageOptions.fold)=2 shows another,"
        + " `millrace table \(definition.path) \(Sweep.ofFolds)` all"
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func nothingKept(_ path: String) -> Self {
    Self(
      "--final means nothing to '\(path)', which keeps no test scores for the end",
      remedy: "leave it out, or write test = \"final\" above the stages")
  }
}
