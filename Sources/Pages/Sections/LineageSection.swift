import Artifacts
import Diagnostics
import Digests
import Pipelines
import TOML

/// The section on reproducing the scores: input files, stages with their options, and the command.
struct LineageSection {
  private let report: PipelineReport
  /// The stages that the scores come from, or all where there are none.
  private let stages: [ReportedStage]

  init(_ report: PipelineReport) throws(Diagnostic) {
    self.report = report
    guard let last = report.scored.last else {
      stages = report.stages
      return
    }
    var needed: Set<Int> = [last.planned.index]
    for stage in report.stages.reversed() where needed.contains(stage.planned.index) {
      needed.formUnion(stage.planned.dependencies)
    }
    stages = report.stages.filter { needed.contains($0.planned.index) }
  }

  var section: Page.Section {
    let source = String(decoding: report.definition.source.bytes, as: UTF8.self)
    return Page.Section(
      id: "lineage", "Where it comes from",
      [
        .paragraph("To get the same again:"), .tag(.pre, [:], report.command),
        .heading("What was read"),
        .note("BLAKE3 digests; ", .code("b3sum FILE"), " prints the same."),
        files.markup,
        .details(
          ["From stage to stage"],
          [
            .note(
              "What a stage gives is what its key makes of what it reads: same key, same bytes."),
            flow.markup,
          ]),
      ] + stages.compactMap(key) + [
        .details(["The definition, \(report.definition.path)"], [.tag(.pre, [:], source)])
      ])
  }

  private var files: PageTable {
    var table = PageTable("files", [.text("stage"), .text("file"), .passage("digest")])
    for stage in stages {
      for line in stage.planned.keyLines {
        guard case .file(let path) = line.content else { continue }
        let digest = stage.keyValue(line.name).map {
          $0.hasPrefix("b3:") ? String($0.dropFirst(3)) : $0
        }
        table.append([
          .text(stage.name), .text(path), PageTable.Cell(.code(digest ?? "?")),
        ])
      }
    }
    return table
  }

  private var flow: PageTable {
    var table = PageTable(
      "lineage",
      [
        .text("stage"), .text("kind"), .text("reads"), .text("gives"), .number("time"),
        .text("done"),
      ])
    for stage in stages {
      guard let record = stage.record else { continue }
      let reads = stage.planned.inputs.compactMap { input in
        report.stages[input.source.stage].record?.output(input.source.port.name)
          .map { "\(input.source) \($0.digest.short)" }
      }
      let gives = record.outputs.map { "\($0.port) \($0.digest.short)" }
      table.append([
        .text(stage.name), .text(stage.keyValue("kind") ?? stage.planned.kind.kind),
        PageTable.Cell(Self.lines(reads)), PageTable.Cell(Self.lines(gives)),
        PageTable.Cell(.duration(record.seconds)),
        PageTable.Cell(.tag(.span, [.class: "whole"], record.when)),
      ])
    }
    return table
  }

  private static func lines(_ texts: [String]) -> Markup {
    .pieces(
      texts.enumerated().flatMap { index, text in
        (index > 0 ? [.tag(.br)] : []) + [Markup.code(text)]
      })
  }

  /// The stage's key and all its options, as it was recorded.
  private func key(of stage: ReportedStage) -> Markup? {
    guard let record = stage.record else { return nil }
    return .details(
      ["Key of \(stage.name): ", .code(record.key.short)],
      [
        .tag(.pre, [:], record.keyText),
        .note(
          "\(record.tool), on \(record.host), ", .duration(record.cpuSeconds),
          " of processor time, at most \(Spelling.bytes(record.peakBytes)) of memory"),
      ])
  }
}
