import Artifacts
import Chains
import Diagnostics
import Formats
import Pipelines
import Reports
import Stages
import Views

/// The section of the data: rows, dropped rows, classes by part, lengths, vocabularies, shared texts.
struct DataSection {
  /// A table of the rows that are learned from or scored.
  private struct Part {
    let name: String
    let json: JSONValue
  }

  /// Classes listed, before the rest is summed up.
  private static let mostClasses = 60

  private let report: PipelineReport
  private let parts: [Part]
  private let vocabularies: [VocabularyFigures]
  private let datasets: DatasetFigures
  private let shared: JSONValue?

  /// Nil when nothing was loaded yet.
  init?(_ report: PipelineReport) throws(Diagnostic) {
    self.report = report
    let divider = report.divider
    guard
      let source = divider
        ?? report.stages.last(where: {
          $0.output(.table) != nil && $0.planned.kind.role == .transforms
        })
    else { return nil }
    var parts: [Part] = []
    for output in source.record?.outputs ?? [] where output.content == .table {
      parts.append(Part(name: output.port, json: try source.json(output, in: report.store)))
    }
    self.parts = parts
    shared = try report.sharedTexts()
    var vocabularies: [VocabularyFigures] = []
    for stage in report.stages {
      if let figures = try VocabularyFigures(stage, of: report) { vocabularies.append(figures) }
    }
    self.vocabularies = vocabularies
    datasets = try DatasetFigures(report)
  }

  var section: Page.Section {
    Page.Section(
      id: "data", "Data",
      [.beside(beginning)] + dropped
        + vocabularies.map(\.markup) + datasets.markup)
  }

  /// Rows and lengths, with the classes beside them or beside each other.
  private var beginning: [Markup] {
    classes.isEmpty
      ? [rows, .tag(.div, [:], lengths)] : [.tag(.div, [:], [rows] + lengths)] + classes
  }

  /// How many rows came out of each stage, and how many texts the parts share.
  private var rows: Markup {
    let hasDropped = report.stages.contains { $0.droppedCount > 0 }
    var table = PageTable(
      "rows by stage",
      [.text("rows of"), .number("rows")] + (hasDropped ? [.number("dropped")] : []))
    func append(_ name: String, _ rows: Int, _ dropped: Int) {
      let cell = PageTable.Cell(dropped > 0 ? .count(dropped) : "")
      table.append([.text(name), PageTable.Cell(.count(rows))] + (hasDropped ? [cell] : []))
    }
    for stage in report.stages {
      if let rows = stage.facts["rows"]?.intValue { append(stage.name, rows, stage.droppedCount) }
      for part in stage.facts["rows"]?.objectValue ?? [] {
        append("\(stage.name).\(part.name)", part.value.intValue ?? 0, 0)
      }
    }
    return .tag(.div, [:], [table.markup] + leaks)
  }

  private var leaks: [Markup] {
    guard let shared else { return [] }
    let found = (shared.objectValue ?? []).flatMap { part in
      (part.value.objectValue ?? []).compactMap { other -> Markup? in
        guard let rows = other.value.intValue, rows > 0 else { return nil }
        let verb = rows == 1 ? "has" : "have"
        return .note(
          .count(rows, "row"), " of \(part.name) \(verb) a text that \(other.name) has too.")
      }
    }
    return found.isEmpty ? [.note("No text of one part is in another.")] : found
  }

  /// Why rows were dropped, with examples.
  private var dropped: [Markup] {
    let stages = report.stages.filter { $0.droppedCount > 0 }
    return stages.map { stage in
      let reasons = (stage.facts["dropped"]?.objectValue ?? []).flatMap { reason in
        let examples = stage.facts["dropped-examples"]?[reason.name]?.arrayValue ?? []
        return [
          Markup.paragraph("\(reason.name): ", .count(reason.value.intValue ?? 0, "row")),
          .tag(.list, [:], examples.map { .tag(.item, [:], $0.spelling.printable) }),
        ]
      }
      let skipped = (stage.facts["skipped-examples"]?.arrayValue ?? []).map { example in
        Markup.tag(.pre, [:], example.spelling)
      }
      return .details(["What \(stage.name) dropped"], reasons + skipped)
    }
  }

  /// The lengths of the texts of the first part.
  private var lengths: [Markup] {
    guard let part = parts.first else { return [] }
    return columns(of: part).compactMap { column in
      guard let name = column["name"]?.stringValue, TextColumns.standard.contains(name),
        let words = column["words"], let mean = words["mean"]?.doubleValue
      else { return nil }
      let drawing = ColumnDrawing(
        title: "words in a row of \(name)", of: "words in a row", words.histogramBins
      ).drawing
      return .figure(
        drawing, "\(name) of \(part.name): median ", .count(words["median"]?.intValue ?? 0),
        ", mean ", .number(mean, Spelling.fixed(mean, places: 1)), ", 99 % have at most ",
        .count(words["percentile-99"]?.intValue ?? 0), ", the longest ",
        .count(words["most"]?.intValue ?? 0), " words")
    }
  }

  private func columns(of part: Part) -> [JSONValue] { part.json["columns"]?.arrayValue ?? [] }

  /// How often each class occurs in each part; none without labels.
  private var classes: [Markup] {
    let counts = parts.map { part in
      columns(of: part).first { $0["name"]?.stringValue == "label" }?["values"]?.objectValue ?? []
    }
    guard let first = counts.first, !first.isEmpty else { return [] }
    let names = first.map(\.name)
    let most = counts.map { part in part.compactMap(\.value.intValue).max() ?? 1 }
    var table = PageTable("classes by part", [.text("class")] + parts.map { .number($0.name) })
    for name in names.prefix(Self.mostClasses) {
      table.append(
        [.text(name)]
          + zip(counts, most).map { part, most in
            let count = part.first { $0.name == name }?.value.intValue ?? 0
            return PageTable.Cell(.count(count), share: Double(count) / Double(max(1, most)))
          })
    }
    let rest = names.count - Self.mostClasses
    let more = rest > 0 ? [Markup.note("and \(Spelling.count(rest)) rarer classes")] : []
    return [.tag(.div, [:], [.heading("Classes by part"), table.markup] + more)]
  }
}

extension ReportedStage {
  /// Rows that were left out, for what they hold or because they could not be read.
  fileprivate var droppedCount: Int {
    (facts["dropped"]?.objectValue ?? []).reduce(facts["skipped"]?.intValue ?? 0) {
      $0 + ($1.value.intValue ?? 0)
    }
  }
}

extension JSONValue {
  /// The bins that `LengthHistogram.json` gives.
  var histogramBins: [Histogram.Bin] {
    let bins = self["histogram"]?.arrayValue ?? []
    let size = bins.first.map { ($0["to"]?.intValue ?? 0) - ($0["from"]?.intValue ?? 0) } ?? 0
    return bins.compactMap { bin in
      guard let first = bin["from"]?.intValue, let last = bin["to"]?.intValue,
        let count = bin["count"]?.intValue
      else { return nil }
      return Histogram.Bin(first: first, last: last, count: count, isTail: last - first != size)
    }
  }
}
