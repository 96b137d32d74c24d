import Artifacts
import Chains
import Diagnostics
import Pipelines
import Views

/// The page of a pipeline's last results: scores, stages, data, training, models, and how to reproduce them.
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

  package init(
    of definition: Definition, _ stages: [ReportedStage], in store: ArtifactStore,
    with settings: ReportedSettings, command: String, sweeps: [SweepTable] = []
  ) {
    self.definition = definition
    self.stages = stages
    self.store = store
    self.settings = settings
    self.command = command
    self.sweeps = sweeps
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
    var sections = [StagesSection(self).section]
    if let data = try DataSection(self) { sections.append(data.section) }
    for stage in stages {
      if let training = try TrainingSection(stage, of: self) { sections.append(training.section) }
      if let model = try ModelSection(stage, of: self) { sections.append(model.section) }
    }
    for stage in scored {
      if let scores = try ClassificationSection(stage, of: self) {
        sections.append(scores.section)
      } else if let scores = try TranslationSection(stage, of: self) {
        sections.append(scores.section)
      } else if let scores = try PlainScoresSection(stage, of: self) {
        sections.append(scores.section)
      }
    }
    sections += sweeps.compactMap { SweepSection($0)?.section }
    sections.append(try LineageSection(self).section)
    let tool = stages.compactMap(\.record?.tool).last ?? "millrace \(Program.version)"
    return Page(
      title: definition.name, header: try Headline(self).markup, sections,
      footer: [
        .paragraph(
          "Written by \(tool). Every number carries all its digits in the value of its ",
          .code("data"), " element; they are those of ", .code("millrace show --json"), ".")
      ])
  }
}
