/// The merge operations of a byte-pair encoding, the most frequent pair first.
package struct Merges: Sendable, Hashable {
  /// Two neighbouring symbols that become one; the end of a word is written `</w>`.
  package struct Merge: Sendable, Hashable {
    package let left: [UInt8]
    package let right: [UInt8]

    package init(left: [UInt8], right: [UInt8]) {
      self.left = left
      self.right = right
    }
  }

  /// How the end of a word is marked.
  package enum Version: Sendable, Hashable {
    /// 0.1: `</w>` is a symbol of its own.
    case separateWordEnd
    /// 0.2: `</w>` is glued to the last character.
    case gluedWordEnd
  }

  package var version: Version
  package var merges: [Merge]

  package init(_ merges: [Merge], version: Version = .gluedWordEnd) {
    self.merges = merges
    self.version = version
  }

  static let wordEnd = Array("</w>".utf8)
}
