import Artifacts
import Diagnostics
import Formats
import Reports
import Stages
import Text

/// Rows that a classifier was scored on, with their texts and, of wrong ones, the words that made it
/// say what it said.
struct PredictionsView: ArtifactView {
  /// One of the rows.
  private struct Row: Sendable {
    /// Counted from 1.
    let number: Int
    let said: Predictions.Row
    let loaded: LoadedTexts.Loaded?
    let effects: [WordReasons.Effect]
    /// The probability of the true class, of a wrong row whose model is in the store.
    let labelProbability: Double?

    var isWrong: Bool { said.label != said.predicted }

    var place: String { loaded?.place ?? "\(said.origin.line)" }

    var words: String {
      WordReasons.words(of: effects, for: said.predicted, against: said.label)
    }
  }

  /// The most lines of a text.
  private static let mostLines = 4

  private let rows: [Row]
  /// How many rows were asked for, those included that are not shown.
  private let count: Int
  private let total: Int
  private let selection: PredictionSelection

  init(_ artifact: ShownArtifact, _ selection: PredictionSelection) throws(Diagnostic) {
    guard
      case .predictions(let predictions) = try EvaluatedRows(
        of: artifact.record, in: artifact.store)
    else { throw Diagnostic(.noPredictions) }
    self.selection = selection
    let all = predictions.rows
    try Self.check(selection, among: Set(all.flatMap { [$0.label, $0.predicted] }).sorted())
    var places = all.indices.filter { place in
      let row = all[place]
      return (!selection.isWrong || row.label != row.predicted)
        && selection.truth.map { $0 == row.label } ?? true
        && selection.predicted.map { $0 == row.predicted } ?? true
    }
    if selection.order == .probability {
      places.sort { (all[$1].probability, $0) < (all[$0].probability, $1) }
    }
    (count, total) = (places.count, all.count)
    let shown = Array(places.prefix(artifact.selection.limit))
    let texts = try artifact.origins?.texts(ofColumn: "text", rows: shown)
    var reasons = try WordReasons(of: artifact.record, in: artifact.store)
    rows = shown.map { place in
      let (said, loaded) = (all[place], texts?[place])
      var effects: [WordReasons.Effect] = []
      var labelProbability: Double?
      if said.label != said.predicted, let text = loaded?.text {
        effects =
          reasons?.effects(of: text, for: said.predicted, against: said.label) ?? []
        labelProbability = reasons?.probability(of: said.label, for: text)
      }
      return Row(
        number: place + 1, said: said, loaded: loaded, effects: effects,
        labelProbability: labelProbability)
    }
  }

  private static func check(
    _ selection: PredictionSelection, among names: [String]
  ) throws(Diagnostic) {
    for name in [selection.truth, selection.predicted].compactMap(\.self)
    where !names.contains(name) {
      throw Diagnostic(.noClass(name, among: names))
    }
  }

  private var headline: String {
    let kind = selection.isWrong ? "wrong row" : "row"
    let truth = selection.truth.map { " of \($0.printable)" } ?? ""
    let predicted = selection.predicted.map { " taken for \($0.printable)" } ?? ""
    let more = count > rows.count ? Spelling.onlyFirst(rows.count) : ""
    return "\(Spelling.count(count, kind))\(truth)\(predicted), of \(Spelling.count(total))\(more)"
  }

  func summary(width: Int) -> [String] { headline.wrapped(to: width) }

  func text(width: Int) -> [String] {
    [headline] + rows.flatMap { [""] + lines(of: $0, width: width) }
  }

  private func lines(of row: Row, width: Int) -> [String] {
    let said =
      row.isWrong
      ? "\(row.said.label.printable) taken for \(row.said.predicted.printable)"
      : "\(row.said.label.printable), found"
    let heading =
      "line \(row.place.printable)  \(said)"
      + "  \(Spelling.fixed(row.said.probability, places: 4))"
    let text = (row.loaded?.text ?? "(the text is gone)").printable.wrapped(to: max(20, width - 2))
    let shown = text.prefix(Self.mostLines)
    let cut = text.count > shown.count ? ["  …"] : []
    let words = row.words.printable.wrapped(to: max(20, width - 2))
    return heading.wrapped(to: width) + shown.map { "  \($0)" } + cut
      + (row.effects.isEmpty ? [] : words.map { "  \($0)" })
  }

  var tables: [ShownTable] {
    var table = TextTable([
      .number("row"), .name("line"), .name("true"), .name("predicted"), .number("probability"),
      .text("words"), .text("text"),
    ])
    for row in rows {
      table.append([
        "\(row.number)", row.place, row.said.label, row.said.predicted,
        Spelling.rounded(row.said.probability, places: 6), row.words, row.loaded?.text ?? "",
      ])
    }
    return [ShownTable("predictions", table)]
  }

  var json: JSONValue {
    [
      "rows": .integer(total), "matches": .integer(count),
      "shown": .array(
        rows.map { row in
          [
            "row": .integer(row.number), "line": .integer(row.said.origin.line),
            "place": .string(row.place), "label": .string(row.said.label),
            "predicted": .string(row.said.predicted), "probability": .number(row.said.probability),
            "label-probability": row.labelProbability.map { .number($0) } ?? .null,
            "text": row.loaded?.text.map { .string($0) } ?? .null,
            "effects": .array(
              row.effects.map { ["words": .string($0.words), "effect": .number($0.effect)] }),
          ]
        }),
    ]
  }
}

extension Diagnostic.Message {
  fileprivate static let noPredictions = Self(
    "this is no table of a classifier's predictions",
    remedy: "name the predictions of an evaluate stage: evaluate.predictions")

  fileprivate static func noClass(_ name: String, among names: [String]) -> Self {
    Self(
      "no row is or was taken for '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "the classes are \(names.prefix(20).joined(separator: ", "))")
  }
}
