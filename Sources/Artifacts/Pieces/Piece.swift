import Digests

/// A run of rows that a stage read, and where what it made of them lies in the store.
package struct Piece: Hashable, Sendable {
  /// The digest of the rows that were read, without what depends on their place.
  package let content: Digest
  /// The object that holds what was made of them.
  package let object: Digest
  /// Where its bytes lie in the object: one range, or one of each tensor.
  package let ranges: [Range<Int>]
  /// The digest of its bytes, those of all ranges in turn.
  package let digest: Digest
  /// What else the stage must know to use the piece again: one line, which only the stage reads.
  package let note: String

  package init(
    content: Digest, object: Digest, ranges: [Range<Int>], digest: Digest, note: String
  ) {
    self.content = content
    self.object = object
    self.ranges = ranges
    self.digest = digest
    self.note = note
  }
}

/// The pieces that a stage worked on.
///
/// It is only a cache: without it the next run takes longer.
package struct PieceIndex: Hashable, Sendable {
  /// An index of more pieces is not kept.
  static let mostPieces = 100_000

  package let pieces: [Piece]

  package init(_ pieces: [Piece]) { self.pieces = pieces }
}
