import Diagnostics
import Reports
import Stages
import Views

/// The section of rows that were given a wrong class: those whose label may be wrong, then the surest.
struct MistakesSection {
  /// A wrong row, with what its model says now of its text.
  private struct Mistake {
    let row: ScoredRows.Row
    /// That of the class that the row is labelled with; nil without the model or the text.
    let labelProbability: Double?
    /// The words behind what was said.
    let words: String

    /// Whether the label, not the model, may be wrong.
    var isDoubtful: Bool {
      guard let labelProbability else { return false }
      return row.said.probability >= leastOfOther && labelProbability <= mostOfLabel
    }
  }

  /// Labels are doubted where another class is at least this likely, and the label at most that.
  private static let leastOfOther = 0.95
  private static let mostOfLabel = 0.01

  /// The most rows of each list.
  private static let mostRows = 20
  /// The most rows that the model is asked about again.
  private static let mostAsked = 200

  private let stage: ReportedStage
  private let rowCount: Int
  private let mistakeCount: Int
  /// The surest first.
  private let mistakes: [Mistake]

  init(
    _ rows: [ScoredRows.Row], of stage: ReportedStage, in report: PipelineReport
  ) throws(Diagnostic) {
    self.stage = stage
    rowCount = rows.count
    let wrong = rows.filter { $0.said.label != $0.said.predicted }
      .sorted { ($1.said.probability, $0.line) < ($0.said.probability, $1.line) }
    mistakeCount = wrong.count
    var reasons =
      if let record = stage.record, !wrong.isEmpty {
        try WordReasons(of: record, in: report.store)
      } else { WordReasons?.none }
    var mistakes: [Mistake] = []
    for (place, row) in wrong.prefix(Self.mostAsked).enumerated() {
      let (truth, predicted) = (row.said.label, row.said.predicted)
      let text = row.loaded?.text
      // The lists hold no more than the first so many of each kind.
      let effects =
        place < 2 * Self.mostRows
        ? text.flatMap { reasons?.effects(of: $0, for: predicted, against: truth) } : nil
      mistakes.append(
        Mistake(
          row: row,
          labelProbability: text.flatMap { reasons?.probability(of: truth, for: $0) },
          words: WordReasons.words(of: effects ?? [], for: predicted, against: truth)))
    }
    self.mistakes = mistakes
  }

  private var doubtful: [Mistake] { mistakes.filter(\.isDoubtful) }
  private var others: [Mistake] { mistakes.filter { !$0.isDoubtful } }

  /// - Parameter examples: rows behind the cells of the matrix.
  func section(examples: [Markup]) -> Page.Section {
    let share = Spelling.percent(mistakeCount, of: rowCount)
    let summary: [Markup] = [
      .paragraph(
        .text("\(Spelling.count(mistakeCount)) of \(Spelling.count(rowCount, "row"))"),
        .text(" (\(share)) \(mistakeCount == 1 ? "was" : "were") given a wrong class."))
    ]
    let hasWords = mistakes.contains { !$0.words.isEmpty }
    let note = Markup.note(
      "Words are those that speak most for the class that was given, and for the true one: by the ",
      "gradient at their vectors times these, or their weight times what they count for.")
    return Page.Section(
      id: "mistakes-\(stage.name)", "Mistakes: \(stage.name)",
      summary + doubts + surest + (hasWords ? [note] : []) + examples)
  }

  private var doubts: [Markup] {
    guard !doubtful.isEmpty else { return [] }
    let (other, own) = (
      Spelling.fixed(100 * Self.leastOfOther, places: 0),
      Spelling.fixed(100 * Self.mostOfLabel, places: 0)
    )
    return [
      .heading("Possible label errors: \(Self.share(doubtful, of: doubtful.count))"),
      .note(
        .text(
          "Rows to read again: the model gives another class at least \(other) % and the label at"
            + " most \(own) %. Where the text agrees with the model, the label is wrong.")),
      Self.table("possible label errors", doubtful),
    ]
  }

  private var surest: [Markup] {
    let count = mistakeCount - doubtful.count
    guard count > 0 else { return [] }
    let kind = doubtful.isEmpty ? "Most confident mistakes" : "Most confident other mistakes"
    return [
      .heading("\(kind): \(Self.share(others, of: count))"),
      Self.table("most confident mistakes", others),
    ]
  }

  /// `20 of 22`.
  private static func share(_ mistakes: [Mistake], of count: Int) -> String {
    let shown = min(mostRows, mistakes.count)
    return shown == count ? "all \(Spelling.count(count))" : "\(shown) of \(Spelling.count(count))"
  }

  private static func table(_ title: String, _ mistakes: [Mistake]) -> Markup {
    let shown = mistakes.prefix(mostRows)
    return ScoredRows.table(
      title, shown.map(\.row), hasClasses: true, ofLabels: shown.map(\.labelProbability),
      words: shown.map(\.words))
  }
}

extension ScoredRows {
  /// The most characters shown of a text.
  private static let mostCharacters = 300

  /// Rows with their lines and texts.
  ///
  /// - Parameters:
  ///   - labels: the probability of each row's true class, where it is known.
  ///   - words: those behind what was said of each row.
  static func table(
    _ title: String, _ rows: [Row], hasClasses: Bool, ofLabels labels: [Double?] = [],
    words: [String] = []
  ) -> Markup {
    let classes: [PageTable.Column] = hasClasses ? [.text("true"), .text("taken for")] : []
    let hasLabels = labels.contains { $0 != nil }
    let hasWords = words.contains { !$0.isEmpty }
    var table = PageTable(
      title,
      [.number("line")] + classes + [.number("probability")]
        + (hasLabels ? [.number("of the true")] : []) + [.passage("text")]
        + (hasWords ? [.passage("words")] : []))
    for (place, row) in rows.enumerated() {
      let text = row.loaded?.text.map { text in
        let kept = text.prefix(Self.mostCharacters)
        return String(kept).printable + (kept.endIndex < text.endIndex ? "…" : "")
      }
      var cells = [PageTable.Cell(.place(row.loaded, line: row.line))]
      if hasClasses { cells += [.text(row.said.label), .text(row.said.predicted)] }
      cells.append(PageTable.Cell(.score(row.said.probability)))
      if hasLabels {
        cells.append(PageTable.Cell(labels[place].map(Markup.probability) ?? ""))
      }
      cells.append(.text(text ?? "(the text is gone)"))
      if hasWords { cells.append(.text(words[place].printable)) }
      table.append(cells)
    }
    return table.markup
  }
}
