/// A form in which bytes come to the program from outside, and what must hold of any bytes whatever.
///
/// They are read or refused, in bounded time and memory, and never stop the program. What was read
/// can be written and reads back as it was, and how bytes are cut into pieces makes no difference.
package struct HostileFormat: Sendable {
  /// That of the folder in `fixtures/hostile` that holds a few files to start from.
  package let name: String
  /// Words and marks of the format, for damaged copies to hold more of.
  package let words: [String]
  private let read: @Sendable ([UInt8]) throws(Violation) -> Bool

  /// What became of some bytes.
  package enum Answer: Equatable, Sendable {
    case read, refused
    /// Something that must hold does not.
    case violation(String)
  }

  /// - Parameter read: reads bytes and checks what must hold; false when they are refused.
  package init(
    _ name: String, words: [String],
    read: @escaping @Sendable ([UInt8]) throws(Violation) -> Bool
  ) {
    self.name = name
    self.words = words
    self.read = read
  }

  package func answer(to bytes: [UInt8]) -> Answer {
    do throws(Violation) { return try read(bytes) ? .read : .refused } catch {
      return .violation(error.text)
    }
  }
}

extension HostileFormat: CustomStringConvertible {
  package var description: String { name }
}

extension HostileFormat {
  package static let all = [
    toml, json, jsonRows, delimited, table, fastText, markup, classNames, vocabulary, merges,
    wordPieces, vectors, gzip, safetensors, record,
  ]
}
