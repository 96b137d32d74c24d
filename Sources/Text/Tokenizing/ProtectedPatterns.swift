import Diagnostics

/// Regular expressions whose matches a tokenizer must leave whole.
struct ProtectedPatterns: Sendable {
  private let expressions: Expressions
  private let count: Int

  /// - Throws: when a pattern is not a regular expression.
  init(_ patterns: [String]) throws(Diagnostic) {
    expressions = try Expressions(patterns)
    count = patterns.count
  }

  /// Puts a stand-in, with spaces around, wherever a match's text occurs; returns the matches' texts.
  ///
  /// Each pattern is looked for in the whole line; the first pattern's matches are hidden first.
  func hide(in text: inout ScalarText) -> [[UInt32]] {
    text.pad()
    var bytes: [UInt8] = []
    text.append(to: &bytes)
    let line = String(decoding: bytes, as: UTF8.self)
    let stretches = (0..<count).flatMap { matches(of: $0, in: line) }
    for (index, stretch) in stretches.enumerated() { hide(stretch, index, in: &text) }
    text.joinWords()
    return stretches
  }

  private func hide(_ stretch: [UInt32], _ index: Int, in text: inout ScalarText) {
    text.rebuild { old, new in
      var position = 0
      while position < old.count {
        if old[position...].starts(with: stretch) {
          new.append(contentsOf: [ScalarText.space, ScalarText.standIn(index), ScalarText.space])
          position += stretch.count
        } else {
          new.append(old[position])
          position += 1
        }
      }
    }
  }

  /// The units with each stand-in replaced by the match it stands for.
  static func show(_ stretches: [[UInt32]], in units: [UInt32]) -> [UInt32] {
    units.flatMap { unit in
      guard let index = ScalarText.protectedIndex(unit), index < stretches.count else {
        return [unit]
      }
      return stretches[index]
    }
  }

  /// The matches' texts from left to right, each looked for in what follows the one before.
  private func matches(of expression: Int, in line: String) -> [[UInt32]] {
    var found: [[UInt32]] = []
    var rest = line[...]
    while let match = expressions.firstMatch(of: expression, in: rest), !match.isEmpty {
      found.append(rest.unicodeScalars[match].map(\.value))
      rest = rest[match.upperBound...]
    }
    return found
  }
}
