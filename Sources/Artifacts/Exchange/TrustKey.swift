import Digests

/// A secret of those who believe each other's records.
///
/// A record made with it bears a seal: HMAC (RFC 2104) of its text, with BLAKE3 as the hash.
package struct TrustKey: Sendable {
  /// The block of the hash, in bytes.
  private static let blockLength = 64

  private let inner: [UInt8]
  private let outer: [UInt8]

  /// - Parameter secret: of any length; what is guessed easily protects nothing.
  package init(_ secret: String) {
    var key = Array(secret.utf8)
    if key.count > Self.blockLength { key = BLAKE3.digest(of: key).bytes }
    key += Array(repeating: 0, count: Self.blockLength - key.count)
    inner = key.map { $0 ^ 0x36 }
    outer = key.map { $0 ^ 0x5C }
  }

  func seal(of text: String) -> Digest {
    BLAKE3.digest(of: outer + BLAKE3.digest(of: inner + Array(text.utf8)).bytes)
  }
}
