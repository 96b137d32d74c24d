import Chains
import Datasets
import Diagnostics
import Pipelines
import Text

/// Pairs of sentences as ids, each sentence ended by `</s>`, as fairseq has them.
struct NumberedPairs: NumberedRows {
  private struct Side {
    let column: String
    let vocabulary: Vocabulary
    let end: Int32
    /// Whether the column was filled up by `pad`.
    let isPadded: Bool
    var unknown: UnknownTokens
  }

  private var sides: [Side]

  /// - Throws: when a vocabulary has no `</s>`.
  init(
    _ rows: StageInput, source: String, target: String, _ vocabularies: BinarizeVocabularies,
    in work: StageWork
  ) throws(Diagnostic) {
    var sides: [Side] = []
    for (column, isTarget) in [(source, false), (target, true)] {
      let input = vocabularies.input(isTarget: isTarget)
      let vocabulary = try work.vocabulary(input)
      guard let end = vocabulary.id(of: .end) else {
        throw Diagnostic(.noSentenceEnd("\(input.source)"))
      }
      sides.append(
        Side(
          column: column, vocabulary: vocabulary, end: Int32(truncatingIfNeeded: end),
          isPadded: work.isPadded(rows, column: column),
          unknown: UnknownTokens(to: vocabulary)))
    }
    self.sides = sides
  }

  var columnNames: [String] { sides.map(\.column) }

  var summary: String {
    sides.map { "\(Spelling.count($0.vocabulary.count)) \($0.column)" }.joined(separator: " and ")
      + " entries"
  }

  var conditions: [String] {
    sides.map { "entries \($0.vocabulary.entriesDigest), padded \($0.isPadded)" }
  }

  func emptyDataset(spoolingIn folder: String) throws(Diagnostic) -> DatasetWriter {
    try DatasetWriter(
      columns: sides.map { side in
        TokenColumn(
          side.column, vocabularySize: side.vocabulary.count, padding: side.vocabulary.padding,
          end: side.end)
      }, spoolingIn: folder)
  }

  func numbered(
    _ part: ChunkPart, by table: TableLines, _ positions: [Int]
  ) throws(Diagnostic) -> NumberedBatch {
    var numbered = NumberedBatch(columnCount: sides.count)
    try part.forEachRow(by: table) { origin, bytes, fields in
      for (place, side) in sides.enumerated() {
        numbered.rows.append(to: place) { ids in
          side.vocabulary.ids(
            of: fields[positions[place]], in: bytes, isPadded: side.isPadded, into: &ids)
          ids.append(side.end)
        }
      }
      numbered.rows.endRow(number: Int64(origin.line))
    }
    numbered.tokens = sides.enumerated().map { place, side in
      var count = side.unknown.count(in: numbered.rows.ids(of: place))
      // The ends of sentences are no tokens of the text.
      count.tokens -= numbered.rows.count
      return count
    }
    return numbered
  }

  mutating func count(tokens: [UnknownTokens.Count]) {
    for place in sides.indices { sides[place].unknown.add(tokens[place]) }
  }

  /// Pairs have no classes.
  mutating func count(unclassed rows: [(label: String, origin: Origin)]) {}

  mutating func finish(_ input: StageInput, in work: StageWork) {
    for place in sides.indices {
      sides[place].unknown.settle("\(input.source)", of: sides[place].column, in: work)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noSentenceEnd(_ vocabulary: String) -> Self {
    Self(
      "'\(vocabulary)' has no </s>, which ends every sentence of a pair",
      remedy: "set boundaries = true where it is learned")
  }
}
