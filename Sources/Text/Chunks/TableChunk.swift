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
  /// The lines, each numbered by its distance from the one before.
  package internal(set) var content: [UInt8] = []
  /// The line number of the last row.
  var lastLine = 0

  /// The digest of the rows, wherever in their file they stand.
  ///
  /// - Parameter cores: on how many it may be computed; the digest does not depend on it.
  package func digest(cores: Int) -> Digest { BLAKE3.digest(of: content.span, cores: cores) }

  /// Gives the memory of `content` back; the digest is not asked for any more.
  package mutating func dropContent() { content = [] }

  /// The number in the artifact of the line that begins at a place in `lines`.
  package func line(at place: Int) -> Int {
    firstLine + lineFeeds(in: lines.span.extracting(..<place))
  }
}
