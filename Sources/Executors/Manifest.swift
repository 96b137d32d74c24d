import Diagnostics
import Digests

/// Keys that several workers are to carry out: those of one worker in each line.
package struct Manifest: Hashable, Sendable {
  private let lines: [String]

  package init(_ keys: [[Digest]]) {
    lines = keys.map { $0.map(\.description).joined(separator: " ") }
  }

  package init(_ bytes: [UInt8]) {
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  package var text: String { lines.map { $0 + "\n" }.joined() }

  package var count: Int { lines.count }

  /// What is carried out together, and by what name a scheduler knows it.
  var name: String { BLAKE3.digest(of: text).short }

  /// The keys of all lines.
  var keys: [Digest] { lines.indices.flatMap { self[$0] } }

  /// The keys of a line.
  subscript(index: Int) -> [Digest] {
    lines.indices.contains(index)
      ? lines[index].split(separator: " ").compactMap { Digest(hex: $0) } : []
  }

  /// The words of a line.
  ///
  /// - Throws: when there are not so many lines.
  package func keys(at index: Int, of path: String) throws(Diagnostic) -> [String] {
    guard lines.indices.contains(index) else {
      throw Diagnostic(.noLine(index, of: path, count: lines.count))
    }
    return lines[index].split(separator: " ").map(String.init)
  }
}

extension Diagnostic.Message {
  fileprivate static func noLine(_ index: Int, of path: String, count: Int) -> Self {
    Self(
      "'\(path)' has no line \(index), counted from 0: it has \(Spelling.count(count, "line"))",
      remedy: "give an --index below \(count)")
  }
}
