import Artifacts
import Diagnostics
import Formats
import Pipelines

/// `explain`: why stages would run, collapsed to the root causes.
struct Explain: Command {
  static let name = "explain"
  static let summary = "say why stages would run"
  static let usage = "FILE [STAGE]"
  static let places = WordPlaces([.file], [.stage])
  static let example =
    "millrace explain pipelines/classify-bios.toml train --set clean.lowercase=false"
  static let key = CommandOption("--key", "print the text of the stage's key")
  static let options: [CommandOption] = [.set, .point, key, .store, .json]

  private let arguments: ParsedArguments
  private let words: [String]

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...2)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let plan = try DefinitionFile(words[0], arguments).plan
    let cone = try plan.cone(of: Array(words.dropFirst()))
    let store = try ArtifactStore.lookedInto(by: arguments)
    let assessment = try Assessment(of: plan, in: store)
    store.showNotices()
    let stages = assessment.stages.filter { cone.contains($0.planned.index) }
    if arguments.has(Self.key) {
      for stage in stages where words.count == 1 || stage.planned.name == words[1] {
        Terminal.output.line(stage.key?.text ?? "(not known before its inputs are)\n")
      }
    } else if arguments.has(.json) {
      Terminal.output.line(JSONValue.stages(stages).pretty)
    } else {
      explain(assessment, within: cone)
    }
    return .fine
  }

  private func explain(_ assessment: Assessment, within cone: Set<Int>) {
    let terminal = Terminal.output
    let stages = assessment.stages.filter { cone.contains($0.planned.index) }
    let roots = assessment.roots.filter { cone.contains($0.stage.planned.index) }
    let stale = stages.filter { $0.state != .cached }
    let all = Spelling.count(stages.count, "stage")
    let subject = words.count > 1 ? "'\(words[1])'" : "\(stale.count) of \(all)"
    guard !stale.isEmpty else {
      return terminal.line("\(words.count > 1 ? subject : "everything") is up to date")
    }
    let number = roots.count == 1 ? "1 root cause" : "\(roots.count) root causes"
    terminal.line("\(subject) would run: \(number)")
    for (stage, followers) in roots {
      for cause in stage.causes where cause.isRoot {
        let place = cause.place.map { "   \($0)" } ?? ""
        terminal.line("  ", "\(cause.described(for: stage.planned.name))\(place)")
      }
      let chain = ([stage.planned] + followers.filter { cone.contains($0.index) }).map(\.name)
      if chain.count > 1 { terminal.line("  └ ", chain.joined(separator: " → ")) }
    }
    let unchanged = stages.filter { $0.state == .cached }.map(\.planned.name)
    if !unchanged.isEmpty { terminal.line("unchanged: ", unchanged.joined(separator: ", ")) }
    terminal.line("", "a stage stops the cascade when it gives the same bytes as before")
  }
}
