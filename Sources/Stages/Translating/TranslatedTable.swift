import Diagnostics
import ModelKinds
import Text

/// Makes the rows of a table of translations.
package struct TranslatedTable {
  /// The pieces that the model read, and those that it wrote.
  package static let piecesColumns = (source: "source-pieces", hypothesis: "hypothesis-pieces")

  let hasReferences: Bool
  /// Whether there are several translations of each source, which are ranked from 1.
  let isRanked: Bool

  var columns: [String] {
    ["source"] + (hasReferences ? ["reference"] : []) + ["hypothesis"]
      + (isRanked ? ["rank"] : []) + ["score", "hypothesis-tokens"]
      + (hasReferences ? ["reference-tokens"] : [])
      + [Self.piecesColumns.source, Self.piecesColumns.hypothesis, "piece-scores", "alignment"]
  }

  /// Adds the translations of one source, best first.
  func append(
    _ translated: TranslatedText, of source: String, reference: (text: String, words: String)?,
    _ origin: Origin, to rows: inout RowBatch
  ) {
    for (rank, translation) in translated.translations.enumerated() {
      var fields = [source]
      if let reference { fields.append(reference.text) }
      fields.append(translation.text)
      if isRanked { fields.append("\(rank + 1)") }
      fields += [Self.spelling(translation.score), translation.words]
      if let reference { fields.append(reference.words) }
      fields += [
        translated.pieces.joined(separator: " "), translation.pieces.joined(separator: " "),
        translation.pieceScores.map(Self.spelling).joined(separator: " "),
        translation.alignment.enumerated().map { "\($1)-\($0)" }.joined(separator: " "),
      ]
      rows.append(fields, origin)
    }
  }

  private static func spelling(_ score: Float) -> String {
    Spelling.fixed(Double(score), places: 4)
  }
}
