import Diagnostics
import Synchronization

/// Regular expressions whose matches a tokenizer must not look into.
final class ProtectedPatterns: Sendable {
  /// A compiled expression may be used by one thread at a time.
  private let expressions: Mutex<[Regex<AnyRegexOutput>]>

  /// - Throws: when a pattern is not a regular expression.
  init(_ patterns: [String]) throws(Diagnostic) {
    expressions = Mutex(try Self.compile(patterns))
  }

  private static func compile(
    _ patterns: [String]
  ) throws(Diagnostic) -> sending [Regex<AnyRegexOutput>] {
    var compiled: [Regex<AnyRegexOutput>] = []
    for pattern in patterns {
      do { compiled.append(try Regex(pattern).matchingSemantics(.unicodeScalar)) } catch {
        throw Diagnostic(.notARegularExpression(pattern))
      }
    }
    return compiled
  }

  /// Puts a stand-in, with spaces around, wherever a match's text occurs; returns the matches' texts.
  ///
  /// Each pattern is looked for in the whole line; the earliest pattern's text is hidden first.
  func hide(in text: inout ScalarText) -> [[UInt32]] {
    text.pad()
    var bytes: [UInt8] = []
    text.append(to: &bytes)
    let line = String(decoding: bytes, as: UTF8.self)
    let stretches = expressions.withLock { expressions in
      expressions.flatMap { Self.matches(of: $0, in: line) }
    }
    for (index, stretch) in stretches.enumerated() {
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
    text.joinWords()
    return stretches
  }

  /// The units with each stand-in replaced by what it hides.
  static func show(_ stretches: [[UInt32]], in units: [UInt32]) -> [UInt32] {
    units.flatMap { unit in
      guard let index = ScalarText.protectedIndex(unit), index < stretches.count else {
        return [unit]
      }
      return stretches[index]
    }
  }

  /// The matches' texts from left to right, each looked for in what follows the one before.
  private static func matches(of expression: Regex<AnyRegexOutput>, in line: String) -> [[UInt32]] {
    var found: [[UInt32]] = []
    var rest = line
    while let match = try? expression.firstMatch(in: rest), !match.range.isEmpty {
      found.append(rest[match.range].unicodeScalars.map(\.value))
      rest = String(rest.unicodeScalars[match.range.upperBound...])
    }
    return found
  }
}

extension Diagnostic.Message {
  static func notARegularExpression(_ pattern: String) -> Self {
    Self(
      "'\(pattern)' is not a regular expression",
      remedy: "check its brackets, or put \\ before characters meant literally")
  }
}
