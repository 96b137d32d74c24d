/// Replaces a literal everywhere, where its neighbours allow it, as `s/([x])literal([y])/…/g` does.
///
/// Neighbours are kept. The next match begins after a right neighbour, unless it is a look-ahead.
final class Substitution: Sendable {
  /// What one neighbouring unit must be.
  struct Neighbour: Sendable {
    let classes: ScalarClass
    let isMember: Bool

    /// A unit in one of the classes.
    static func any(of classes: ScalarClass) -> Self { Self(classes: classes, isMember: true) }
    /// A unit in none of the classes.
    static func none(of classes: ScalarClass) -> Self { Self(classes: classes, isMember: false) }

    func allows(_ unit: UInt32, _ all: ScalarClasses) -> Bool {
      all[unit].isDisjoint(with: classes) != isMember
    }
  }

  private let before: Neighbour?
  private let literal: [UInt32]
  private let after: Neighbour?
  private let usesUpAfter: Bool
  private let replacement: [UInt32]
  /// The unit of the literal that is rarest in text.
  let anchor: UInt32

  init(
    after before: Neighbour? = nil, _ literal: String, before after: Neighbour? = nil,
    lookingAhead: Bool = false, with replacement: String
  ) {
    self.before = before
    self.literal = literal.unicodeScalars.map(\.value)
    self.after = after
    self.usesUpAfter = after != nil && !lookingAhead
    self.replacement = replacement.unicodeScalars.map(\.value)
    precondition(!self.literal.isEmpty, "a substitution replaces something, not ''")
    anchor =
      self.literal.first { $0 >= 0x80 } ?? self.literal.first { $0 != ScalarText.space }
      ?? ScalarText.space
  }

  func apply(to text: inout ScalarText) {
    guard text.present.mayContain(anchor), let first = match(in: text.units, from: 0, free: 0)
    else { return }
    text.rebuild { old, new in
      var copied = 0
      var next: Int? = first
      while let start = next {
        new.append(contentsOf: old[copied..<start])
        new.append(contentsOf: replacement)
        copied = start + literal.count
        next = match(in: old, from: copied, free: copied + (usesUpAfter ? 1 : 0))
      }
      new.append(contentsOf: old[copied...])
    }
    for unit in replacement { text.note(unit) }
  }

  /// The next place of the literal with the required neighbours whose match begins at `free` or later.
  private func match(in units: [UInt32], from start: Int, free: Int) -> Int? {
    let all = ScalarClasses.all
    let head = literal[0]
    var index = max(start, free + (before == nil ? 0 : 1))
    let last = units.count - literal.count - (after == nil ? 0 : 1)
    while index <= last {
      if units[index] == head, literalStands(at: index, in: units),
        before?.allows(units[index - 1], all) ?? true,
        after?.allows(units[index + literal.count], all) ?? true
      {
        return index
      }
      index += 1
    }
    return nil
  }

  private func literalStands(at start: Int, in units: [UInt32]) -> Bool {
    for offset in 1..<max(1, literal.count) where units[start + offset] != literal[offset] {
      return false
    }
    return true
  }
}
