import Artifacts
import Digests

/// The first digits of an artifact's digest, enough of them to be meant as such.
struct DigestPrefix: CustomStringConvertible {
  let description: String

  /// Nil for a word that is none: fewer than six digits, or something else among them.
  init?(_ word: String) {
    guard word.utf8.count >= 6, word.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
      return nil
    }
    description = word
  }

  func fits(_ digest: Digest) -> Bool { "\(digest)".hasPrefix(description) }
}
