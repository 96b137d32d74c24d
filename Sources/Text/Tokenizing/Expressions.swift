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

  /// Whether the expression of that number matches at the very beginning.
  func isPrefix(_ expression: Int, of text: Substring) -> Bool {
    compiled.withLock { (try? $0[expression].prefixMatch(in: text)) != nil }
  }
}

/// Why these patterns cannot be used; nil when each is a regular expression.
package func problem(ofPatterns patterns: [String]) -> Diagnostic.Message? {
  do throws(Diagnostic) { _ = try Expressions(patterns) } catch { return error.message }
  return nil
}

extension Diagnostic.Message {
  static func notARegularExpression(_ pattern: String) -> Self {
    Self(
      "'\(pattern)' is not a regular expression",
      remedy: "check its brackets, or put \\ before characters meant literally")
  }
}
