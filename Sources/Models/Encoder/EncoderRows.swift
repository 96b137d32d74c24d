import Datasets
import Layers
import Tensors

/// The words of a batch as an encoder reads them: joined rows, with the place and the text of each word.
package struct EncoderRows {
  package let words: JoinedRows
  /// The place of each word in its row.
  let positions: Indices
  /// Whether each word is of the first text of its row or of the second.
  let segments: Indices

  /// Rows as they are.
  ///
  /// - Parameters:
  ///   - ids, segments: of all words, row after row, without padding.
  package init(ids: [Int32], segments: [Int32], lengths: [Int32], on tape: Tape) {
    precondition(ids.count == segments.count, "\(segments.count) segments of \(ids.count) words")
    words = tape.join(ids, lengths: lengths)
    self.segments = tape.arena.indices(segments)
    positions = tape.arena.indices(count: ids.count)
    for row in 0..<words.count {
      for (place, word) in words.words(ofRow: row).enumerated() { positions[word] = place }
    }
  }
}

extension Encoder {
  /// The rows of a batch with [CLS] before each and [SEP] after it; a second text begins after the first [SEP] within.
  ///
  /// What is beyond the longest row is left out. A row of one padding stands for one without tokens.
  package func rows(_ batch: ClassificationBatch, on tape: Tape) -> EncoderRows {
    var (ids, segments, lengths) = ([Int32](), [Int32](), [Int32]())
    let (start, end) = (Int32(configuration.start), Int32(configuration.end))
    for row in 0..<batch.rowCount {
      var count = min(Int(batch.lengths[row]), configuration.longestRow)
      if count == 1, Int(batch.tokens[row * batch.width]) == configuration.padding { count = 0 }
      var segment: Int32 = 0
      func append(_ id: Int32) {
        ids.append(id)
        segments.append(segment)
      }
      append(start)
      for token in batch.tokens[row * batch.width..<row * batch.width + count] {
        append(token)
        if token == end, configuration.segmentCount > 1 { segment = 1 }
      }
      append(end)
      lengths.append(Int32(count + 2))
    }
    return EncoderRows(ids: ids, segments: segments, lengths: lengths, on: tape)
  }
}
