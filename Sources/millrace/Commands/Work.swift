import Artifacts
import Cores
import Diagnostics
import Digests
import Executors
import Files
import Pipelines
import Stages

/// `work`: carries out stages that a run has ordered.
struct Work: Command {
  static let name = "work"
  static let summary = "carry out stages that a run has ordered"
  static let usage = "[KEY…]"
  static let places = WordPlaces(rest: [])
  static let example = "millrace work --manifest wave.keys --index 0"
  static let details = """
    A run leaves an order for each stage in its store: what the stage is, and what it was planned
    from. This command carries orders out, wherever the store can be reached; `run --isolate`, jobs
    of a cluster and `run --print-jobs` use it. What has a result already is not done again.
    The last worker of a manifest whose run was detached submits what can begin then.
    Exit codes: 0 all have results, 1 a stage failed, 75 stopped at a checkpoint. SIGUSR1, SIGTERM and
    Ctrl-C stop at the next checkpoint.
    """
  private static let manifest = CommandOption(
    "--manifest", "FILE", .file, "a file with keys, those of one worker in each line")
  private static let index = CommandOption(
    "--index", "N", "the line of the manifest to carry out, from 0")
  private static let continued = CommandOption(
    "--continue", "NAME", "then start what follows in a detached run, if the manifest is done")
  private static let events = CommandOption(
    "--events", "tell of the work in JSON Lines, for the run that waits for it")
  static let options: [CommandOption] = [
    RunPipeline.cores, manifest, index, continued, events, .store, .cache,
  ]

  private let arguments: ParsedArguments
  private let keys: [Digest]
  /// The whole manifest; nil without one.
  private let manifest: Manifest?
  private let cores: Int

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    cores = try arguments.number(RunPipeline.cores, from: 1) ?? availableCores()
    var words = arguments.words
    if let path = arguments.value(Self.manifest) {
      let index = try arguments.number(Self.index, from: 0) ?? 0
      let whole = Manifest(try InputFile.contents(of: path, atMost: 64 << 20))
      words += try whole.keys(at: index, of: path)
      manifest = whole
    } else {
      manifest = nil
    }
    guard !words.isEmpty || arguments.value(Self.continued) != nil else { throw Diagnostic(.noKey) }
    keys = try words.map { (word) throws(Diagnostic) in
      guard let key = Digest(hex: word) else { throw Diagnostic(.noDigest(word)) }
      return key
    }
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    _ = try ArtifactStore.existing(chosenBy: arguments)
    let store = try ArtifactStore.cached(chosenBy: arguments)
    return try interruption.polled { () throws(Diagnostic) in
      var worst = ExitCode.fine
      for key in keys {
        let code = try carryOut(key, in: store, until: interruption)
        if worst == .fine || code == .stageFailed { worst = code }
      }
      store.saveStatCache()
      store.showNotices()
      // Who stopped it, or the job that looks after the run, decides what follows.
      if let name = arguments.value(Self.continued), !interruption.isRequested,
        try manifest?.hasEnded(in: store) ?? true
      {
        let code = try DetachedLook.goOn(with: name, in: store, until: interruption)
        if worst == .fine { worst = code }
      }
      return worst
    }
  }

  private func carryOut(
    _ key: Digest, in store: ArtifactStore, until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode {
    guard let order = try WrittenOrder(key, in: store) else {
      if try store.record(for: key) != nil { return .fine }
      throw Diagnostic(.noOrder(key, store.root))
    }
    let observer: any RunObserver = arguments.has(Self.events) ? EventLines() : WorkConsole()
    let job = SlurmJob.current
    let killsBefore = memoryKillCount()
    let worker = StageWorker(
      in: store, interruption: interruption, observer: observer,
      keepsStateOfFailures: order.keepsStateOfFailures
    ) { () throws(Diagnostic) in
      // What else runs in this control group is known in a job alone.
      guard job == nil || memoryKillCount() == killsBefore else { throw Diagnostic(.outOfMemory) }
    }
    let ending =
      interruption.isRequested
      ? .stopped(seconds: 0) : worker.perform(order, cores: cores, catalog: .standard)
    let isShort = job != nil && memoryKillCount() != killsBefore
    try WrittenEnding(ending, job: job?.name, isShortOfMemory: isShort).write(of: key, to: store)
    switch ending {
    case .ran, .madeByAnother: return .fine
    case .stopped: return .stoppedAtCheckpoint
    case .failed(let problem, _), .missing(_, let problem, _):
      Terminal.errors.tell(problem)
      return .stageFailed
    }
  }
}

/// Shows the work on an order to a person.
private struct WorkConsole: RunObserver {
  func observe(_ event: RunEvent) {
    switch event {
    case .started(let stage): Terminal.output.line("  \(stage)")
    case .said(let stage, let text): Terminal.output.line("  \(stage)  ", text)
    case .noticed(let problem): Terminal.errors.tell(problem)
    case .progressed, .ended: break
    }
  }
}

/// Tells of the work on an order in JSON Lines.
private struct EventLines: RunObserver {
  private let lines = RunLines()

  func observe(_ event: RunEvent) {
    if let line = event.line { lines.line(line) }
  }
}

extension Diagnostic.Message {
  fileprivate static let noKey = Self(
    "no key is given", remedy: "name one, or a --manifest with an --index")

  fileprivate static func noDigest(_ word: String) -> Self {
    Self("'\(word)' is no key", remedy: "give all 64 digits of one that a run has ordered")
  }

  fileprivate static func noOrder(_ key: Digest, _ store: String) -> Self {
    Self(
      "the store '\(store)' has no order on \(key.short)",
      remedy: "let `millrace run FILE --print-jobs` write it")
  }

  fileprivate static let outOfMemory = Self(
    "a part of the work was ended for want of memory",
    remedy: "give the stage more: needs = { memory = \"8G\" }")
}
