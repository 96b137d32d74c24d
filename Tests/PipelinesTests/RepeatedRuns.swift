import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Formats
import Foundation
import LyingDisks
import Pipelines
import Synchronization
import Testing
import ToyStages

/// A definition that was run, and is run again as the command `run` does it: with what the run before
/// found, where that is known to be so still.
final class RepeatedRuns {
  /// What one of the runs came to.
  struct Outcome {
    /// Nil where the definition has problems.
    let report: RunReport?
    let isRepeated: Bool
    let told: [String]
    let mistakes: [Diagnostic]
    /// The events of the run's journal, without times.
    let journal: [String]
    /// The files of the store that were opened.
    let opened: [String]

    /// The stages that ran; nil where one failed or the definition has problems.
    var ran: [String]? { report.flatMap { $0.failed == 0 ? $0.ranStages : nil } }
  }

  let workshop: Workshop
  var path: String
  var settings: [String] = []
  var stages: [String] = []
  /// The variable that holds the folder of the letters, if the definition names it by one.
  let variable: String?

  /// - Parameter variable: a name that no other test uses.
  init(variable: String? = nil) throws {
    self.variable = variable
    let folder = variable.map { "$\($0)/" } ?? ""
    let text = Workshop.cut.replacing("letters.txt", with: "\(folder)letters.txt")
    workshop = try Workshop(files: ["letters.txt": "letters", "toy.toml": text])
    path = workshop.folder.path("toy.toml")
    if let variable { unsafe setenv(variable, workshop.folder.url.path, 1) }
    try workshop.run(text)
  }

  var definition: String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

  func question() -> RunQuestion? {
    RunQuestion(
      path: path, definition: Array(definition.utf8), settings: settings, stages: stages, files: [])
  }

  /// Runs some seconds later, when all that was made is old enough to be remembered.
  func later(name: String? = nil) throws -> Outcome { try run(in: OpenedFiles(), name: name) }

  /// Runs now.
  func now() throws -> Outcome { try run(in: SystemFiles()) }

  func run(in files: any FileSystem, name: String? = nil) throws -> Outcome {
    let store = ArtifactStore(root: workshop.store.root, isDurable: false, files: files)
    let question = try #require(self.question())
    let heard = HeardLines()
    let known = UpToDateRun(answering: question, in: store)
    let repeated = try known?.repeated(
      in: store, request: RunRequest(name: name), interruption: Interruption(), beginning: { heard }
    )
    let opened = { (files as? OpenedFiles)?.take() ?? [] }
    if let known, let repeated {
      return try outcome(
        repeated, heard, known.likelyMistakes, opened: opened(), in: store, isRepeated: true)
    }
    #expect(heard.lines.isEmpty, "something was told of a run that was then planned")
    guard let plan = Workshop.read(definition, set: settings, file: path).plan else {
      return Outcome(
        report: nil, isRepeated: false, told: [], mistakes: [], journal: [], opened: [])
    }
    let runner = Runner(
      plan: plan, store: store, jobs: 1, cores: 1, interruption: Interruption(), observer: heard,
      request: RunRequest(name: name, question: question))
    let report = try runner.run(plan.cone(of: stages))
    return try outcome(
      report, heard, Plan.inOrder(plan.likelyMistakes), opened: opened(), in: store)
  }

  private func outcome(
    _ report: RunReport, _ heard: HeardLines, _ mistakes: [Diagnostic], opened: [String],
    in store: ArtifactStore, isRepeated: Bool = false
  ) throws -> Outcome {
    let events = try store.runs().first?.wholeEvents ?? []
    let journal = events.map { event in
      let members = (event.objectValue ?? []).filter { !["seconds", "checksum"].contains($0.name) }
      return JSONValue.object(members).compact
    }
    return Outcome(
      report: report, isRepeated: isRepeated, told: heard.lines, mistakes: mistakes,
      journal: journal, opened: opened)
  }
}

/// What happens to files between two runs.
extension RepeatedRuns {
  /// The file of what the last run found.
  var findings: String {
    let folder = "\(workshop.store.root)/findings"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return "\(folder)/\(names.first ?? "none")"
  }

  func write(_ name: String, _ text: String) throws { try workshop.folder.write(name, text) }

  func edit(_ old: String, _ new: String) throws {
    let changed = definition.replacing(old, with: new)
    #expect(changed != definition)
    try write("toy.toml", changed)
  }

  func record(_ stage: String) throws -> Record {
    let report = try workshop.run(definition)
    return try #require(report.stages.first { $0.stage == stage }?.record)
  }

  func recordPath(_ stage: String) throws -> String {
    try "\(workshop.store.root)/keys/\(record(stage).key.path)"
  }

  func artifactPath(_ stage: String) throws -> String {
    try "\(workshop.store.root)/objects/\(record(stage).outputs[0].digest.path)"
  }

  /// Changes a bit of a file.
  func damage(_ path: String) throws {
    var bytes = try Array(Data(contentsOf: URL(filePath: path)))
    bytes[bytes.count / 2] ^= 1
    try FileManager.default.removeItem(atPath: path)
    try Data(bytes).write(to: URL(filePath: path))
  }

  /// Commits another result of a stage, as a stage that draws at random might give.
  func replaceRecord(_ stage: String) throws {
    let old = try record(stage)
    let path = try recordPath(stage)
    var draft = try workshop.store.makeDraft()
    try draft.write("another result")
    let object = try draft.commit()
    let output = RecordedOutput(
      port: old.outputs[0].port, type: old.outputs[0].type, digest: object.digest,
      byteCount: object.byteCount)
    try FileManager.default.removeItem(atPath: path)
    try workshop.store.commit(Record(keyText: old.keyText, outputs: [output]))
  }
}

/// What an observer was told, a line each, without times.
private final class HeardLines: RunObserver {
  private let told = Mutex<[String]>([])

  var lines: [String] { told.withLock { $0 } }

  func observe(_ event: RunEvent) {
    let line =
      switch event {
      case .ended(let report): report.json.compact
      case .started(let stage): "started \(stage)"
      case .said(let stage, let text): "said \(stage) \(text)"
      case .progressed(let stage, _): "progressed \(stage)"
      case .noticed(let problem): "noticed \(problem)"
      }
    told.withLock { $0.append(line) }
  }
}
