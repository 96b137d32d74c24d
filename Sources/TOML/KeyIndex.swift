import Diagnostics

/// The position of each key among its table's entries, found in O(1).
///
/// Keys are told apart by their bytes, as TOML wants, where Swift's strings would take `é` and
/// `e` with an accent for one. Up to eight keys are compared one by one without a dictionary.
struct KeyIndex: Hashable, Sendable {
  /// A key that equals only keys of the same bytes.
  private struct Spelling: Hashable, Sendable {
    let key: String

    static func == (a: Self, b: Self) -> Bool {
      a.key == b.key && a.key.utf8.elementsEqual(b.key.utf8)
    }
  }

  private static let small = 8
  private var spellings: [Spelling] = []
  private var positions: [Spelling: Int] = [:]

  func position(of key: String) -> Int? {
    let wanted = Spelling(key: key)
    return positions.isEmpty ? spellings.firstIndex(of: wanted) : positions[wanted]
  }

  /// Gives the next position to a key that is not yet there.
  mutating func add(_ key: String) {
    spellings.append(Spelling(key: key))
    if !positions.isEmpty {
      positions[Spelling(key: key)] = spellings.count - 1
    } else if spellings.count > Self.small {
      for (position, spelling) in spellings.enumerated() { positions[spelling] = position }
    }
  }
}
