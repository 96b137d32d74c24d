import Artifacts
import Diagnostics
import Digests
import Files
import Formats

/// What a run noted that found every stage of a plan done: what it told, and what it looked at beside
/// records.
struct UpToDateNote: Hashable, Sendable {
  /// A file outside the store whose bytes are in a key.
  struct ReadFile: Hashable, Sendable {
    let path: String
    let status: FileStatus
  }

  /// The digest of the question that the run answered.
  let question: Digest
  let subject: RunSubject
  /// The names of the stages, in the order in which they were told of.
  let stages: [String]
  /// The most characters of a stage's name in the whole plan.
  let nameWidth: Int
  /// What is allowed in the definition but probably not meant.
  let likelyMistakes: [Diagnostic]
  /// The variables of the environment that planning read; nil for one that was not set.
  let variables: [String: String?]
  let files: [ReadFile]
  /// The status of the file that has the keys of the plan's last run.
  let root: FileStatus

  /// Nil where something ran or failed, or where it could not be seen that something has changed.
  ///
  /// - Parameters:
  ///   - digests: those of the files outside the store that were read, by their paths.
  ///   - root: the status of the file of the plan's keys, from before it was read.
  init?(
    on report: RunReport, of plan: Plan, answering question: RunQuestion,
    reading digests: [String: Digest], root: FileStatus?, in store: ArtifactStore
  ) {
    guard let root, root.isSettled(at: store.now), !plan.surroundings.hasFolders else { return nil }
    for stage in report.stages {
      guard case .cached(nil) = stage.outcome else { return nil }
    }
    var files: [ReadFile] = []
    for (path, digest) in digests.sorted(by: { $0.key < $1.key }) {
      guard let status = store.status(ofFile: path, having: digest) else { return nil }
      files.append(ReadFile(path: path, status: status))
    }
    self.question = question.digest
    subject = RunSubject(of: plan)
    stages = report.stages.map(\.stage)
    nameWidth = plan.stages.map(\.name.count).max() ?? 0
    likelyMistakes = plan.likelyMistakes
    variables = plan.surroundings.variables
    self.files = files
    self.root = root
    guard UpToDateNote(text: text[...], answering: question) == self else { return nil }
  }

  /// Whether planning, and reading the files outside the store, would give what they gave.
  func holds(in store: ArtifactStore) -> Bool {
    variables.allSatisfy { PathExpansion.environment($0.key) == $0.value }
      && files.allSatisfy { store.status(ofFile: $0.path) == $0.status }
  }
}

extension UpToDateNote {
  /// One line of JSON.
  var text: [UInt8] {
    let variables = variables.sorted { $0.key < $1.key }.map { name, value in
      JSONValue.Member(name, value.map { .string($0) } ?? .null)
    }
    let json: JSONValue = [
      "question": .string("\(question)"), "pipeline": .string(subject.pipeline),
      "settings": .array(subject.settings.map { .string($0) }),
      "stages": .array(stages.map { .string($0) }), "name-width": .integer(nameWidth),
      "mistakes": .array(likelyMistakes.map(\.json)), "variables": .object(variables),
      "files": .array(files.map { ["path": .string($0.path), "status": $0.status.json] }),
      "root": root.json,
    ]
    return Array(json.compact.utf8)
  }

  /// Reads a note; nil for the answer to another question, and for what none of ours would be.
  init?(text: ArraySlice<UInt8>, answering question: RunQuestion) {
    guard let json = try? JSONValue(parsing: Array(text), file: "findings"),
      json["question"]?.stringValue == "\(question.digest)",
      let pipeline = json["pipeline"]?.stringValue, let nameWidth = json["name-width"]?.intValue,
      let settings = json["settings"]?.arrayValue, let stages = json["stages"]?.arrayValue,
      let mistakes = json["mistakes"]?.arrayValue, let files = json["files"]?.arrayValue,
      let variables = json["variables"]?.objectValue, let root = FileStatus(json["root"])
    else { return nil }
    self.question = question.digest
    subject = RunSubject(
      pipeline: pipeline, definition: question.path, settings: settings.compactMap(\.stringValue))
    self.stages = stages.compactMap(\.stringValue)
    self.nameWidth = nameWidth
    let source = question.source
    likelyMistakes = mistakes.compactMap { Diagnostic($0, of: source) }
    self.variables = Dictionary(
      variables.map { ($0.name, $0.value.stringValue) }, uniquingKeysWith: { first, _ in first })
    self.files = files.compactMap { file in
      guard let path = file["path"]?.stringValue, let status = FileStatus(file["status"]) else {
        return nil
      }
      return ReadFile(path: path, status: status)
    }
    self.root = root
  }
}
