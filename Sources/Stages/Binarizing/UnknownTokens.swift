import Diagnostics
import Pipelines
import Text

/// The tokens of one column of a part, and how many of them the vocabulary does not have.
struct UnknownTokens {
  /// Of fewer tokens it says nothing.
  private static let fewestTokens = 20

  private let unknown: Int32?
  private let padding: Int32?
  private let entryCount: Int
  private var total = Count()

  /// How many tokens there are, and how many of them are unknown.
  struct Count: Sendable {
    var tokens = 0
    var unknownTokens = 0

    mutating func add(_ other: Count) {
      tokens += other.tokens
      unknownTokens += other.unknownTokens
    }
  }

  init(to vocabulary: Vocabulary) {
    func id(_ special: Vocabulary.Special) -> Int32? {
      vocabulary.id(of: special).map { Int32(truncatingIfNeeded: $0) }
    }
    unknown = id(.unknown)
    padding = id(.padding)
    entryCount = vocabulary.count
  }

  /// Counts the tokens of some rows.
  func count(in ids: [Int32]) -> Count {
    // No vocabulary has ids below zero.
    let (padding, unknown) = (padding ?? -1, unknown ?? -1)
    var (paddingCount, unknownCount) = (0, 0)
    for id in ids {
      paddingCount += id == padding ? 1 : 0
      unknownCount += id == unknown ? 1 : 0
    }
    return Count(tokens: ids.count - paddingCount, unknownTokens: unknownCount)
  }

  mutating func add(_ count: Count) { total.add(count) }

  /// Warns of a part most of whose tokens are unknown, and begins anew.
  ///
  /// - Parameter column: where the part has several.
  mutating func settle(_ part: String, of column: String? = nil, in work: StageWork) {
    if total.tokens >= Self.fewestTokens, total.unknownTokens * 2 > total.tokens {
      let name = column.map { "'\(part)', column '\($0)'," } ?? "'\(part)'"
      work.warn(.mostlyUnknown(name, total.unknownTokens, of: total.tokens, entryCount))
    }
    total = Count()
  }
}

extension Diagnostic.Message {
  fileprivate static func mostlyUnknown(
    _ part: String, _ unknown: Int, of tokens: Int, _ entryCount: Int
  ) -> Self {
    Self(
      "\(Spelling.percent(unknown, of: tokens)) of the \(Spelling.count(tokens, "token")) of \(part)"
        + " are not among the \(Spelling.count(entryCount)) entries of the vocabulary",
      remedy:
        "raise its size, lower its minimum-count, or cut its rows as those it was learned from")
  }
}
