import Digests

/// Whole lines of a table artifact that lie together, cut off where their content says.
package struct TableChunk: Sendable {
  /// The lines as they stand in the artifact.
  package internal(set) var lines: [UInt8] = []
  package internal(set) var rowCount = 0
  /// Where the first row came from, by which others are numbered; nil when a line is damaged.
  package internal(set) var start: Origin?
  /// The number of its first line in the artifact, for errors.
  package internal(set) var firstLine = 2
  /// The digest of the rows, wherever in their file they stand.
  ///
  /// It is that of the lines, each numbered by its distance from the one before; nil where it is not
  /// asked for.
  package internal(set) var digest: Digest?

  /// The number in the artifact of the line that begins at a place in `lines`.
  ///
  /// - Parameter known: the place and the number of a line before it, if there is one, to count from.
  package func line(at place: Int, countedFrom known: (place: Int, number: Int)? = nil) -> Int {
    let known = known ?? (0, firstLine)
    return known.number + lineFeeds(in: lines.span.extracting(known.place..<place))
  }
}
