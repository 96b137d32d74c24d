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

  /// What the model reads for all rows of a dataset, which has the same vocabulary.
  package func tokens(of rows: Dataset) throws(Diagnostic) -> TokenLists {
    try rows.withIDs(of: 0) { ids, offsets in
      var lists = TokenLists()
      for row in 0..<rows.count {
        lists.append((Int(offsets[row])..<Int(offsets[row + 1])).map { self[ids[$0]] })
      }
      return lists
    }
  }

  /// Gives what a classifier says of each row to `body`, in the order of the rows.
  func classify(
    _ rows: Dataset, cores: Int, _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void,
    by probabilities: @Sendable (_ tokens: [Int32]) -> [Float]
  ) throws(Diagnostic) {
    let tokens = try tokens(of: rows)
    let size = 512
    let parts = mapConcurrently((rows.count + size - 1) / size, cores: cores) { part in
      (part * size..<min(rows.count, (part + 1) * size)).map { probabilities(tokens.row($0)) }
    }
    for (row, probabilities) in parts.joined().enumerated() { body(row, probabilities.span) }
  }
}
