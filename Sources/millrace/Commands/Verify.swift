import Artifacts
import Diagnostics
import Files
import Formats
import Pipelines
import Stages

/// `verify`: reads every byte of the store, and computes stages again.
struct Verify: Command {
  static let name = "verify"
  static let summary = "check every byte of the store, or compute results again"
  static let usage = "[FILE --rebuild STAGE | --deep [FILE…]]"
  static let places = WordPlaces(rest: [.file])
  static let example = "millrace verify pipelines/classify-bios.toml --rebuild tokenize"
  static let details = """
    --rebuild and --deep compute what is recorded once more from the inputs in the store, without
    checkpoints, and compare. Where a byte differs, the first one is named, with its line or tensor;
    the record stays, and what was computed can be looked at by its digest until `millrace gc`.
    Without FILE, --deep takes every definition that was run with the store.
    Ends with 0 when all is sound, 4 when something is damaged or different, 1 when a stage failed.
    """
  static let rebuild = CommandOption(
    "--rebuild", "STAGE", .stage, "compute a stage again and compare; may be repeated")
  static let deep = CommandOption(
    "--deep", "also compute every recorded stage again, the quickest first")
  static let within = CommandOption(
    "--within", "TIME", "how long --deep may take, as 30s or 2h; 10m unless given")
  static let options: [CommandOption] = [rebuild, deep, within, .set, .point, .store, .json]

  private let arguments: ParsedArguments
  private let files: [String]
  /// How long computing all again may take, in seconds; nil where that is not asked for.
  private let deepSeconds: Double?

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    let isDeep = arguments.has(Self.deep)
    let seconds = try arguments.seconds(Self.within)
    let isRebuild = !arguments.values(Self.rebuild).isEmpty
    files = try arguments.words(isRebuild ? 1...1 : isDeep ? 0...Int.max : 0...0)
    guard !isDeep || !isRebuild else { throw Diagnostic(.rebuildAndDeep) }
    guard isDeep || seconds == nil else { throw Diagnostic(.withinAlone) }
    deepSeconds = isDeep ? seconds ?? 600 : nil
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.existing(chosenBy: arguments)
    let rebuilds = StageRebuilds(in: store, until: interruption)
    let names = arguments.values(Self.rebuild)
    guard names.isEmpty else {
      let subjects = try subjects(names, of: DefinitionFile(files[0], arguments).plan)
      let rebuilt = try rebuilds.carryOut(subjects, tell: { tell($0, in: store) })
      if arguments.has(.json) { Terminal.output.line(json(of: rebuilt, in: store).pretty) }
      return Self.code(of: rebuilt, isTimed: false)
    }
    var check = store.verifyAll()
    check.problems += store.problemsOfKeeping().map { .unreadable($0) }
    let view = CheckView(check, arguments, in: store)
    if !arguments.has(.json) { view.show() }
    let isSound = check.problems.isEmpty
    guard let deepSeconds else {
      if arguments.has(.json) { Terminal.output.line(view.json.pretty) }
      return isSound ? .fine : .storeDamaged
    }
    let subjects = try rebuilds.recorded(of: plans(in: store))
    let rebuilt = try rebuilds.carryOut(
      subjects, within: deepSeconds, tell: { tell($0, in: store) })
    if arguments.has(.json) {
      let members = view.json.objectValue ?? []
      let all = JSONValue.object(members + (json(of: rebuilt, in: store).objectValue ?? []))
      Terminal.output.line(all.pretty)
    } else {
      Terminal.output.line(Self.closing(rebuilt))
    }
    let code = Self.code(of: rebuilt, isTimed: !interruption.isRequested)
    return isSound || code == .stageFailed ? code : .storeDamaged
  }

  private func subjects(
    _ names: [String], of plan: Plan
  ) throws(Diagnostic) -> [StageRebuilds.Subject] {
    // Names what is no stage.
    _ = try plan.cone(of: names)
    return names.compactMap { plan[$0] }.map {
      StageRebuilds.Subject(plan: plan, stage: $0, record: nil)
    }
  }

  /// The plans of the definitions that are named, or else of all that were run with the store and
  /// still are there without problems.
  private func plans(in store: ArtifactStore) throws(Diagnostic) -> [Plan] {
    var plans: [Plan] = []
    for file in files { plans.append(try DefinitionFile(file, arguments).plan) }
    guard files.isEmpty else { return plans }
    for path in Set(try DefinitionRoot.all(in: store).compactMap(\.path)).sorted() {
      guard let bytes = try? DefinitionFile.contents(of: path, arguments),
        case .plan(let plan) = Plan.read(bytes, file: path, overlay: [], catalog: .standard)
      else { continue }
      plans.append(plan)
    }
    return plans
  }

  private func tell(_ rebuilt: RebuiltStage, in store: ArtifactStore) {
    guard !arguments.has(.json) else { return }
    for line in rebuilt.lines(in: store) { Terminal.output.line(line) }
  }

  private func json(of rebuilt: [RebuiltStage], in store: ArtifactStore) -> JSONValue {
    ["rebuilt": .array(rebuilt.map { $0.json(in: store) })]
  }

  /// - Parameter isTimed: whether a stage that was stopped had no time left.
  private static func code(of rebuilt: [RebuiltStage], isTimed: Bool) -> ExitCode {
    var code = ExitCode.fine
    for stage in rebuilt {
      switch stage.outcome {
      case .failed, .unrecorded: return .stageFailed
      case .different: code = .storeDamaged
      case .stopped: if !isTimed, code == .fine { code = .stoppedAtCheckpoint }
      case .same: continue
      }
    }
    return code
  }

  /// `7 stages computed again: 6 the same, 1 different; no time for 2 more`.
  private static func closing(_ rebuilt: [RebuiltStage]) -> String {
    var counts = (same: 0, different: 0, failed: 0, left: 0)
    for stage in rebuilt {
      switch stage.outcome {
      case .same: counts.same += 1
      case .different: counts.different += 1
      case .failed, .unrecorded: counts.failed += 1
      case .stopped: counts.left += 1
      }
    }
    let done = rebuilt.count - counts.left
    var text =
      "\(Spelling.count(done, "stage")) computed again: \(Spelling.count(counts.same)) the same"
    if counts.different > 0 { text += ", \(Spelling.count(counts.different)) different" }
    if counts.failed > 0 { text += ", \(Spelling.count(counts.failed)) failed" }
    return text + (counts.left > 0 ? "; no time for \(Spelling.count(counts.left)) more" : "")
  }
}

extension Diagnostic.Message {
  fileprivate static let rebuildAndDeep = Self(
    "--deep computes every stage again, and --rebuild some", remedy: "leave one of them out")
  fileprivate static let withinAlone = Self(
    "--within says how long --deep may take", remedy: "add --deep, or leave it out")
}
