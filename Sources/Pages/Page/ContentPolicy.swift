import Digests

/// The policy by which a page tells a browser to load and run nothing but its own style rules.
struct ContentPolicy {
  private let digest: SHA256

  /// - Parameter style: the text of the only style element.
  init(allowing style: String) { digest = SHA256(of: style) }

  /// As Content Security Policy Level 3 spells it.
  var text: String {
    "default-src 'none'; style-src 'sha256-\(digest.base64)'; base-uri 'none'; form-action 'none'"
  }
}
