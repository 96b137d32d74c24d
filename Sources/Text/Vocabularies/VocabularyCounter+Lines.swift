import Diagnostics

/// Counts as lines, so that what was counted once need not be counted again.
///
/// They are the rows of a table of one column, the tokens, with a token's count as its line number; so
/// every token can be written, and their order stays.
extension VocabularyCounter {
  package var countLines: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(tokens.byteCount + 8 * tokens.count)
    for id in 0..<tokens.count {
      text.append(number: counts[id])
      text.append(UInt8(ascii: "\t"))
      TableText.append(Array(tokens[id]).span, to: &text)
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  /// - Throws: when the lines are not as `countLines` writes them.
  package init(countLines lines: [UInt8]) throws(Diagnostic) {
    self.init()
    let table = TableLines(columnCount: 1, file: "counts")
    for piece in TableText.pieces(of: lines) {
      let batch = try table.rows(of: lines.span.extracting(piece), firstLine: 1)
      for row in 0..<batch.count {
        add(batch.bytes.span.extracting(batch.range(row, 0)), count: batch.origins[row].line)
      }
    }
  }
}
