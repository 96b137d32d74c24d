import Diagnostics

/// Puts a text in the place of everything that a regular expression matches.
///
/// In the text, `$1` or `\1` stands for what the first group holds, `$0` for the whole match, and
/// `$$` and `\\` for the characters themselves.
package struct Replacement: CleaningRule {
  private enum Piece: Sendable, Equatable {
    case text(String)
    case group(Int)
  }

  private let expressions: Expressions
  private let pieces: [Piece]

  /// - Throws: when the pattern is no regular expression, or has not as many groups as the text names.
  package init(_ pattern: String, with text: String) throws(Diagnostic) {
    expressions = try Expressions([pattern])
    pieces = Self.pieces(of: text)
    let count = try Self.groupCount(of: pattern)
    for case .group(let number) in pieces where number > count {
      throw Diagnostic(.noGroup(number, in: pattern, count))
    }
  }

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    let string = String(decoding: text, as: UTF8.self)
    var rest = string.startIndex
    for match in expressions.matches(of: 0, in: string) {
      clean.append(contentsOf: string[rest..<match.range.lowerBound].utf8)
      for piece in pieces {
        switch piece {
        case .text(let text): clean.append(contentsOf: text.utf8)
        case .group(let number): clean.append(contentsOf: match.groups[number].utf8)
        }
      }
      rest = match.range.upperBound
    }
    clean.append(contentsOf: string[rest...].utf8)
  }

  private static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var run = ""
    var rest = text[...]
    while let first = rest.popFirst() {
      guard first == "$" || first == "\\", let next = rest.first else {
        run.append(first)
        continue
      }
      if let number = next.wholeNumberValue, next.isASCII {
        if !run.isEmpty { pieces.append(.text(run)) }
        pieces.append(.group(number))
        run = ""
      } else {
        run.append(first)
        guard next == first else { continue }
      }
      rest.removeFirst()
    }
    return run.isEmpty ? pieces : pieces + [.text(run)]
  }

  /// How many groups a pattern has: those of a match of nothing, which is always found.
  private static func groupCount(of pattern: String) throws(Diagnostic) -> Int {
    let always = try Expressions(["(?:\(pattern))|"])
    return max(0, (always.matches(of: 0, in: "").first?.groups.count ?? 1) - 1)
  }
}

extension Diagnostic.Message {
  fileprivate static func noGroup(_ number: Int, in pattern: String, _ count: Int) -> Self {
    Self(
      "the replacement names group \(number), but '\(pattern)' has \(count)",
      remedy: "groups are what stands in round brackets; write $$ for a dollar before a digit")
  }
}
