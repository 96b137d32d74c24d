import Diagnostics
import LinearModels
import Pipelines

/// What a definition says of the n-grams that a model learns from.
struct NGramOptions: Sendable {
  let lengths: ClosedRange<Int>
  let minimumCount: Int
  let size: Int?

  /// Declares and reads the options of every model of n-grams.
  ///
  /// - Parameter standardSize: how many are kept unless the definition says; nil: all.
  init(from options: inout StageOptions, standardSize: Int? = nil) {
    let given = options.integers(
      "ngrams", default: [1, 2], in: 1...8,
      "the tokens of the shortest and of the longest n-grams")
    if given.count == 2, given[0] <= given[1] {
      lengths = given[0]...given[1]
    } else {
      lengths = 1...2
      options.reject("ngrams", .notARange)
    }
    minimumCount = options.integer(
      "minimum-count", default: 1, in: 1...1_000_000_000,
      "the rows that an n-gram must occur in")
    let (range, meaning) = (1...100_000_000, "how many n-grams are kept, the most frequent")
    size =
      if let standardSize {
        options.integer("size", default: standardSize, in: range, meaning)
      } else {
        options.optionalInteger("size", in: range, unset: "all", meaning)
      }
  }

  /// What is kept of the n-grams of rows.
  var limits: NGramVocabulary.Limits {
    NGramVocabulary.Limits(lengths: lengths, minimumCount: minimumCount, size: size)
  }
}

extension Diagnostic.Message {
  fileprivate static let notARange = Self(
    "ngrams wants two numbers, of which the second is no smaller",
    remedy: "write ngrams = [1, 2] for single tokens and pairs")
}
