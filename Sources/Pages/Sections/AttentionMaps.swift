import Artifacts
import Chains
import Diagnostics
import ModelKinds
import Pipelines
import Stages
import Views

/// The attention of a translator for translations in the store, computed again.
struct AttentionMaps {
  /// The pieces of one translation, as its table has them.
  private struct Pieces {
    let source: String
    let hypothesis: String
  }

  private static let end = "</s>"

  private var translator: TextTranslator
  /// The table of sentences that were scored, and the table of translations behind it.
  private let scored: RowPath.Node
  private let translated: RowPath.Node
  private let path: RowPath

  /// Nil when translations did not come from a translate stage, or its models are gone.
  ///
  /// - Parameter table: the one of the sentences that were scored.
  init?(
    behind table: RecordedOutput, of stage: ReportedStage, in report: PipelineReport
  ) throws(Diagnostic) {
    path = report.path
    scored = RowPath.Node(stage: stage.planned.index, port: table.port)
    let made = path.origins(of: scored).lazy.compactMap { node in
      (report.stages[node.stage].planned.stage as? Translate).map { (node, $0) }
    }.first
    guard let (node, stage) = made else { return nil }
    translated = node
    var models: [TranslationModel] = []
    for input in stage.models {
      guard let output = try report.table(input.source) else { return nil }
      models.append(
        try TranslationModel(
          try report.store.open(output.digest), named: "\(input.source)", in: .standard))
    }
    // Sources are recorded as the pieces that the whole chain gave.
    translator = try TextTranslator(
      models, stage.options, after: models[0].source.steps.count)
  }

  /// The maps of some sentences; none for a sentence whose translation is not the stored one.
  mutating func drawings(ofRows rows: [Int]) throws(Diagnostic) -> [Int: Drawing] {
    let places = try path.places(of: rows, in: scored, backTo: translated)
    let pieces = try pieces(ofRows: Set(places.compactMap(\.self)))
    var drawings: [Int: Drawing] = [:]
    // Sampling depends on the number of the text among those that were translated.
    let numbers = try path.source(of: translated).map { (source) throws(Diagnostic) in
      try path.places(of: places, in: translated, backTo: source.node)
    }
    for (index, (row, place)) in zip(rows, places).enumerated() {
      guard let recorded = place.flatMap({ pieces[$0] }) else { continue }
      let number = numbers?[index] ?? row
      let translated = translator.translate([recorded.source], firstNumber: number)[0]
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
    let rows = try path.rows(of: translated)?.rows { place, _ in wanted.contains(place) }.rows ?? []
    var found: [Int: Pieces] = [:]
    for row in rows {
      func text(_ name: String) -> String? { row.fields.first { $0.name == name }?.text }
      let columns = TranslatedTable.piecesColumns
      guard let source = text(columns.source), let hypothesis = text(columns.hypothesis) else {
        continue
      }
      found[row.place] = Pieces(source: source, hypothesis: hypothesis)
    }
    return found
  }
}
