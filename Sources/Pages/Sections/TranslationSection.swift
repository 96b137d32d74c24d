import Chains
import Diagnostics
import Formats
import Metrics
import Reports
import Stages
import Text
import Views

/// The sections of translation scores: intervals, precisions, by length; then telling sentences.
struct TranslationSection {
  private let stage: ReportedStage
  private let scores: JSONValue
  private let sentences: ScoredSentences?
  /// The attention maps of the sentences shown, by their places.
  private var maps: [Int: Drawing] = [:]

  /// Nil for a stage whose scores are not of translations.
  init?(_ stage: ReportedStage, of report: PipelineReport) throws(Diagnostic) {
    guard let output = stage.output(.scores) else { return nil }
    scores = try stage.json(output, in: report.store)
    guard scores["sentences"] != nil else { return nil }
    self.stage = stage
    sentences = try ScoredSentences(of: stage, in: report)
    if let sentences, let table = stage.output(.table),
      var attention = try AttentionMaps(behind: table, of: stage, in: report)
    {
      maps = try attention.drawings(ofRows: sentences.telling.map(\.place))
    }
  }

  /// The scores, then the translations that differ from their references.
  var sections: [Page.Section] {
    let own = Page.Section(
      id: "scores-\(stage.name)", "Scores: \(stage.name)",
      [overview.markup, .beside([precisions, byLength, distribution].compactMap(\.self))])
    return [own] + [mistakes].compactMap(\.self)
  }

  private var overview: PageTable {
    var table = PageTable(
      "scores",
      [
        .text("score"), .number("value"), .number("± 95 %"), .passage("signature"),
      ])
    for name in Metric.ofTranslations.map(\.name) {
      guard let value = scores[name]?.doubleValue else { continue }
      let half = scores["\(name)-interval"]?.doubleValue.map { Markup.score($0, of: name) }
      table.append([
        .text(name), PageTable.Cell(.score(value, of: name)),
        PageTable.Cell(half ?? ""),
        PageTable.Cell(.code(scores["\(name)-signature"]?.stringValue ?? "")),
      ])
    }
    return table
  }

  /// The precision of n-grams of each length, behind every BLEU.
  private var precisions: Markup? {
    let made = Metric.ofTranslations.map(\.name).filter { scores["\($0)-precisions"] != nil }
    guard !made.isEmpty else { return nil }
    var table = PageTable("precisions of n-grams", [.text("n-grams")] + made.map { .number($0) })
    let lists = made.map { scores["\($0)-precisions"]?.arrayValue?.compactMap(\.doubleValue) ?? [] }
    for order in 0..<(lists.map(\.count).max() ?? 0) {
      table.append(
        [.text("of \(Spelling.count(order + 1, "word"))")]
          + lists.map { list in
            guard order < list.count else { return .text("") }
            return PageTable.Cell(
              .number(list[order], Spelling.fixed(list[order], places: 2)), share: list[order] / 100
            )
          })
    }
    let figures = [("brevity penalty", "brevity-penalty"), ("length ratio", "length-ratio")]
    for (title, name) in figures {
      table.append(
        [.text(title)]
          + made.map { metric in
            PageTable.Cell(scores["\(metric)-\(name)"]?.doubleValue.map(Markup.score) ?? "")
          })
    }
    return .tag(.div, [:], [.heading("What the BLEU is made of"), table.markup])
  }

  private var byLength: Markup? {
    let groups = (scores["bleu-by-length"]?.arrayValue ?? []).compactMap(LengthGroup.init)
    guard groups.count > 1 else { return nil }
    let columns = groups.map { group in
      let label = "\(group.words.lowerBound)–\(group.words.upperBound)"
      return ColumnDrawing.Column(
        label, group.score,
        tip: "\(label) words: BLEU \(Spelling.score(group.score, of: Metric.bleu.name))"
          + " of \(Spelling.count(group.sentenceCount, "sentence"))")
    }
    return .figure(
      ColumnDrawing(title: "BLEU by length", of: "words in the reference", columns).drawing,
      "BLEU of the sentences of each length, all with the settings of the score above.")
  }

  private var distribution: Markup? {
    guard let sentences, let name = sentences.scoreNames.first else { return nil }
    var counts = [Int](repeating: 0, count: 10)
    for sentence in sentences.sentences {
      counts[max(0, min(9, Int(clamping: sentence.scored.scores[0] / 10)))] += 1
    }
    let columns = counts.enumerated().map { bin, count in
      ColumnDrawing.Column(
        "\(bin * 10)", Double(count),
        tip: "\(bin * 10) to \(bin * 10 + 10): \(Spelling.count(count, "sentence"))")
    }
    return .figure(
      ColumnDrawing(title: "sentences by their \(name)", of: "\(name) of a sentence", columns)
        .drawing, "How many sentences have which \(name) on their own.")
  }

  /// The worst, the middling and the best of the imperfect sentences, and more of the worst.
  private var mistakes: Page.Section? {
    guard let sentences, !sentences.sentences.isEmpty else { return nil }
    let all = sentences.sentences.count
    let imperfect = sentences.imperfect
    let summary =
      imperfect.isEmpty
      ? Markup.paragraph("Every sentence is word for word a reference.")
      : Markup.paragraph(
        .text("\(Spelling.count(all - imperfect.count)) of \(Spelling.count(all, "sentence"))"),
        " are word for word a reference. Of the others these are the worst, the middling and the best",
        .text(" by \(sentences.scoreNames[0]); words that the other does not have are marked."))
    let blocks = sentences.telling.map { title, place in
      let map = maps[place].map { drawing in
        Markup.figure(
          drawing, "The stronger the colour, the more a piece written looked at a piece read.")
      }
      return Markup.kept(
        [.heading("\(title) sentence")] + show(place, sentences) + [map].compactMap(\.self))
    }
    let worst = imperfect.reversed().prefix(Self.mostListed)
    let list = Markup.details(
      ["The \(Spelling.count(worst.count)) worst of \(Spelling.count(imperfect.count))"],
      worst.map { Markup.kept(show($0, sentences)) })
    return Page.Section(
      id: "mistakes-\(stage.name)", "Mistakes: \(stage.name)",
      [summary, .beside(blocks)] + (imperfect.isEmpty ? [] : [list]))
  }

  /// The most of the worst sentences.
  private static let mostListed = 20

  private func show(_ place: Int, _ all: ScoredSentences) -> [Markup] {
    let sentence = all.sentences[place]
    let hypothesis = sentence.scored.hypothesis
    var texts: [(String, Markup)] =
      sentence.loaded?.text.map { [("source", .text(Self.cut($0).printable))] } ?? []
    for (number, reference) in sentence.scored.references.enumerated() {
      let difference = WordDifference(Self.cut(hypothesis), Self.cut(reference))
      if number == 0 {
        texts.append(("translation", WordDifference.markup(of: difference.translation)))
      }
      texts.append(("reference", WordDifference.markup(of: difference.reference)))
    }
    let scores = zip(all.scoreNames, sentence.scored.scores).flatMap { name, score in
      [Markup.text(" \(name) "), .score(score, of: name)]
    }
    return texts.map { name, text in
      .tag(.p, [.class: "sentence"], [.tag(.span, [.class: "name"], name), text])
    } + [
      .tag(
        .p, [.class: "note"],
        [.text("line "), .place(sentence.loaded, line: sentence.scored.origin.line), ":"] + scores)
    ]
  }

  private static func cut(_ text: String) -> String { String(text.prefix(600)) }
}
