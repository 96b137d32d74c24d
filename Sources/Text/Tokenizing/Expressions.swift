import Diagnostics
import Synchronization

/// Regular expressions given by a user, matched scalar by scalar and shared between threads.
final class Expressions: Sendable {
  /// The library lets a compiled expression be used by one thread at a time.
  private let compiled: Mutex<[Regex<AnyRegexOutput>]>

  /// - Throws: when a pattern is not a regular expression.
  init(_ patterns: [String]) throws(Diagnostic) {
    var compiled: [Regex<AnyRegexOutput>] = []
    for pattern in patterns {
      do { compiled.append(try Regex(pattern).matchingSemantics(.unicodeScalar)) } catch {
        throw Diagnostic(.notARegularExpression(pattern))
      }
    }
    self.compiled = Mutex(compiled)
  }

  /// Where the expression of that number first matches.
  func firstMatch(of expression: Int, in text: Substring) -> Range<String.Index>? {
    compiled.withLock { (try? $0[expression].firstMatch(in: text))?.range }
  }

  /// One match of an expression.
  struct Match {
    let range: Range<String.Index>
    /// The whole match, then what each group holds; nothing where a group has no part in it.
    let groups: [Substring]
  }

  /// Every match of the expression of that number, from left to right.
  func matches(of expression: Int, in text: String) -> [Match] {
    compiled.withLock { compiled in
      text.matches(of: compiled[expression]).map { match in
        Match(range: match.range, groups: match.output.map { $0.substring ?? "" })
      }
    }
  }

  /// The first group of the first match of the expression of that number; all of it without a group.
  func firstGroup(of expression: Int, in text: String) -> String? {
    compiled.withLock { compiled in
      guard let match = try? compiled[expression].firstMatch(in: text) else { return nil }
      guard match.output.count > 1 else { return String(text[match.range]) }
      return match.output[1].substring.map(String.init)
    }
  }

  /// Whether the expression of that number matches at the very beginning.
  func isPrefix(_ expression: Int, of text: Substring) -> Bool {
    compiled.withLock { (try? $0[expression].prefixMatch(in: text)) != nil }
  }
}

/// Why these patterns cannot be used; nil when each is a regular expression.
package func problem(ofPatterns patterns: [String]) -> Diagnostic.Message? {
  // To compile one takes longer than all else that a stage's options do.
  let uncertain = patterns.filter { !isPlain($0) }
  do throws(Diagnostic) { _ = try Expressions(uncertain) } catch { return error.message }
  return nil
}

/// Whether a pattern is of ASCII letters and digits, which stand for themselves.
private func isPlain(_ pattern: String) -> Bool {
  pattern.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}

extension Diagnostic.Message {
  static func notARegularExpression(_ pattern: String) -> Self {
    Self(
      "'\(pattern)' is not a regular expression",
      remedy: "check its brackets, or put \\ before characters meant literally")
  }
}
