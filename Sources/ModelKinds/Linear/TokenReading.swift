import Cores
import Datasets
import Diagnostics
import LinearModels
import Text

/// What the ids of a vocabulary are to a model of n-grams.
///
/// Padding and unknown words are left out; where case makes no difference, words that are equal
/// without it are one.
package struct TokenReading: Sendable {
  /// What the model reads for each id; below 0 nothing.
  let numbers: [Int32]

  package init(_ vocabulary: Vocabulary, ignoresCase: Bool) {
    var numbers = (0..<Int32(vocabulary.count)).map(\.self)
    if ignoresCase {
      var first: [[UInt8]: Int32] = [:]
      for id in numbers.indices {
        var lower: [UInt8] = []
        Lowercase.apply(Array(vocabulary[id]).span, into: &lower)
        numbers[id] = first[lower, default: Int32(id)]
        first[lower] = numbers[id]
      }
    }
    for special in [Vocabulary.Special.padding, .unknown] {
      if let id = vocabulary.id(of: special) { numbers[id] = TokenLists.leftOut }
    }
    self.numbers = numbers
  }

  /// How many ids there are.
  package var count: Int { numbers.count }

  /// What the model reads for an id.
  subscript(id: Int32) -> Int32 { numbers[Int(id)] }

  /// What the model reads for some rows of a dataset, which has the same vocabulary; for all of them
  /// unless given.
  package func tokens(
    of rows: Dataset, in part: Range<Int>? = nil
  ) throws(Diagnostic) -> TokenLists {
    var lists = TokenLists()
    try rows.forEachRow(in: part) { _, ids in lists.append(ids.indices.map { self[ids[$0]] }) }
    return lists
  }

  /// What the model reads for one row of a dataset.
  func tokens(ofRow row: Int, of rows: Dataset) throws(Diagnostic) -> [Int32] {
    try rows.withIDs(ofRow: row) { ids in ids.indices.map { self[ids[$0]] } }
  }

  /// Gives what the model reads for all rows to `body`, so many rows at a time that memory is bounded.
  func forEachPart(
    of rows: Dataset,
    _ body: (_ part: Range<Int>, _ tokens: TokenLists) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let size = 1 << 14
    for start in stride(from: 0, to: rows.count, by: size) {
      let part = start..<min(rows.count, start + size)
      try body(part, try tokens(of: rows, in: part))
    }
  }

  /// Gives what a classifier says of each row to `body`, in the order of the rows.
  func classify(
    _ rows: Dataset, cores: Int, _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void,
    by probabilities: @Sendable (_ tokens: [Int32]) -> [Float]
  ) throws(Diagnostic) {
    try forEachPart(of: rows) { part, tokens in
      let size = 512
      let answers = mapConcurrently((tokens.count + size - 1) / size, cores: cores) { index in
        (index * size..<min(tokens.count, (index + 1) * size)).map { probabilities(tokens.row($0)) }
      }
      for (row, probabilities) in zip(part, answers.joined()) { body(row, probabilities.span) }
    }
  }
}
