import Diagnostics

/// Counts as lines, so that what was counted once need not be counted again.
///
/// They are the rows of a table of one column, the tokens, with a token's count as its line number; so
/// every token can be written, and their order stays.
extension VocabularyCounter {
  package var countLines: [UInt8] { countLines(of: 0..<tokens.count) { counts[$0] } }

  /// - Parameters:
  ///   - ids: those of the tokens that the lines are of.
  ///   - count: what is written as the count of an id.
  func countLines(of ids: some Collection<Int>, _ count: (Int) -> Int) -> [UInt8] {
    // A byte of a token becomes two at most.
    let most = ids.reduce(0) { $0 + OutputSpan<UInt8>.mostOfOrigin + 2 + 2 * tokens[$1].count }
    var text: [UInt8] = []
    text.append(addingCapacity: most) { lines in
      for id in ids {
        lines.append(number: count(id))
        lines.append(UInt8(ascii: "\t"))
        tokens.withPool(of: id) { pool, token in lines.append(field: token, of: pool) }
        lines.append(UInt8(ascii: "\n"))
      }
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
