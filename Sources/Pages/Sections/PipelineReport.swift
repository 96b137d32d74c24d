import Artifacts
import Chains
import Diagnostics
import Formats
import Pipelines
import Stages
import Sweeps
import Views

/// The page of a pipeline's last results: the verdict, then scores, mistakes, training with the model,
/// data, stages, and how to reproduce them.
///
/// Numbers are those that `show --json` prints, and are in the page with all their digits.
package struct PipelineReport: Sendable {
  package let definition: Definition
  /// In the plan's order.
  package let stages: [ReportedStage]
  package let store: ArtifactStore
  /// The settings that override the definition.
  package let settings: ReportedSettings
  /// The command that gives these results.
  package let command: String
  /// The sweeps of the definition, as far as they have come.
  package let sweeps: [SweepTable]
  /// The command that runs the best point of a sweep, by the sweep's name.
  let bestCommands: [String: String]

  package init(
    of definition: Definition, _ stages: [ReportedStage], in store: ArtifactStore,
    with settings: ReportedSettings, command: String, sweeps: [SweepTable] = [],
    bestCommands: [String: String] = [:]
  ) {
    self.definition = definition
    self.stages = stages
    self.store = store
    self.settings = settings
    self.command = command
    self.sweeps = sweeps
    self.bestCommands = bestCommands
  }

  /// The path of rows through the results.
  package var path: RowPath {
    RowPath(through: stages.map(\.planned), stages.map(\.record), in: store)
  }

  /// The stages with scores, the one that counts last.
  var scored: [ReportedStage] { stages.filter { $0.output(.scores) != nil } }

  /// The page.
  ///
  /// - Throws: when an artifact is gone or damaged.
  package func page() throws(Diagnostic) -> Page {
    var sections: [Page.Section] = []
    for table in sweeps {
      let command = bestCommands[table.status.plan.sweep.name]
      if let sweep = try SweepSection(table, command: command, in: store) {
        sections.append(sweep.section)
      }
    }
    for (place, stage) in scored.reversed().enumerated() {
      if let scores = try ClassificationSection(stage, of: self, isMain: place == 0) {
        sections += scores.sections
      } else if let scores = try TranslationSection(stage, of: self) {
        sections += scores.sections
      } else if let scores = try PlainScoresSection(stage, of: self) {
        sections.append(scores.section)
      }
    }
    for stage in stages {
      if let training = try TrainingSection(stage, of: self) { sections.append(training.section) }
    }
    if let data = try DataSection(self) { sections.append(data.section) }
    sections.append(StagesSection(self).section)
    sections.append(try LineageSection(self).section)
    let tool = stages.compactMap(\.record?.tool).last ?? "millrace \(Program.version)"
    return Page(
      title: definition.name, header: try Verdict(self).markup, sections,
      footer: [
        .paragraph(
          "Written by \(tool). Every number carries all its digits in the value of its ",
          .code("data"), " element; they are those of ", .code("millrace show --json"), "."),
        .tag(
          .p, [.class: "printed"],
          "Not printed: what is folded on the screen, such as rows behind the matrix, keys and the"
            + " definition; and of lists of texts what follows the fifth."),
      ])
  }
}

extension PipelineReport {
  /// The stage that sets parts of the rows aside; the last one where there are several.
  var divider: ReportedStage? {
    stages.last { $0.planned.kind.role == .divides && $0.record != nil }
  }

  /// The parts' shared texts, as `show` has them; nil without parts.
  func sharedTexts() throws(Diagnostic) -> JSONValue? {
    guard let divider else { return nil }
    return try SharedTexts(among: divider.record?.outputs ?? [], in: store)?.json
  }

  /// How many of the rows that a stage scored have a text of the first part; nil when it is not known.
  func sharedRowCount(of stage: ReportedStage) throws(Diagnostic) -> Int? {
    guard let (output, _) = try stage.evaluatedRows(in: store), let divider,
      let learned = divider.record?.outputs.first(where: { $0.content == .table })?.port
    else { return nil }
    let node = RowPath.Node(stage: stage.planned.index, port: output.port)
    let part = path.origins(of: node).first { $0.stage == divider.planned.index }?.port
    guard let part, part != learned else { return nil }
    return try sharedTexts()?[part]?[learned]?.intValue
  }
}
