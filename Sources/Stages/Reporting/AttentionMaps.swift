import Artifacts
import Diagnostics
import Pipelines
import Reports
import Text

/// What a translator looked at while it wrote translations that are on record.
struct AttentionMaps {
  /// The pieces of one translation, as its table has them.
  private struct Pieces {
    let source: String
    let hypothesis: String
  }

  private static let end = "</s>"

  private var translator: TextTranslator
  private let table: RecordedOutput
  private let store: ArtifactStore

  /// Nil when translations did not come from a translate stage, or its models are gone.
  init?(behind scored: ReportedStage, of report: PipelineReport) throws(Diagnostic) {
    var source = scored.planned.inputs.first { $0.name == "from" }?.source
    while let reached = source, !(report.stages[reached.stage].planned.stage is Translate) {
      let inputs = report.stages[reached.stage].planned.inputs
      source = inputs.first { $0.source.port.type == .table }?.source
    }
    guard let reached = source, let table = try report.table(reached),
      let stage = report.stages[reached.stage].planned.stage as? Translate
    else { return nil }
    var models: [TranslationModel] = []
    for input in stage.models {
      guard let output = try report.table(input.source) else { return nil }
      models.append(
        try TranslationModel(try report.store.open(output.digest), named: "\(input.source)"))
    }
    // Sources are recorded as the pieces that the whole chain gave.
    translator = try TextTranslator(
      models, stage.options, after: models[0].source.steps.count)
    self.table = table
    store = report.store
  }

  /// The maps of some rows; none for a row that the model now translates in another way.
  mutating func drawings(ofRows rows: [Int]) throws(Diagnostic) -> [Int: Drawing] {
    let pieces = try pieces(ofRows: Set(rows))
    var drawings: [Int: Drawing] = [:]
    for row in rows {
      guard let recorded = pieces[row] else { continue }
      let translated = translator.translate([recorded.source], firstNumber: row)[0]
      let best = translated.translations[0]
      guard best.pieces.joined(separator: " ") == recorded.hypothesis, !best.attention.isEmpty
      else { continue }
      let (read, written) = (translated.pieces + [Self.end], best.pieces + [Self.end])
      guard best.attention.count == read.count * written.count else { continue }
      let weights = written.indices.map { place in
        best.attention[place * read.count..<(place + 1) * read.count].map(Double.init)
      }
      drawings[row] =
        AttentionDrawing(
          title: "what each piece written looked at", source: translator.shown(source: read),
          target: translator.shown(target: written), weights: weights
        ).drawing
    }
    return drawings
  }

  private func pieces(ofRows wanted: Set<Int>) throws(Diagnostic) -> [Int: Pieces] {
    var reader = try TableReader(try store.openInput(table.digest), file: table.port)
    guard let source = reader.columns.firstIndex(of: "source-pieces"),
      let hypothesis = reader.columns.firstIndex(of: "hypothesis-pieces")
    else { return [:] }
    var found: [Int: Pieces] = [:]
    var first = 0
    while let batch = try reader.next() {
      for row in 0..<batch.count where wanted.contains(first + row) {
        found[first + row] = Pieces(
          source: batch.text(row, source), hypothesis: batch.text(row, hypothesis))
      }
      first += batch.count
    }
    return found
  }
}
