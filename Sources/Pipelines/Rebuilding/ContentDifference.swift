/// Where two contents differ first.
package struct ContentDifference: Hashable, Sendable {
  /// A place in a text, counted from 1.
  package struct LinePlace: Hashable, Sendable {
    package let line: Int
    /// The place in the line, in bytes.
    package let byte: Int
  }

  /// How many bytes are the same before the first that is not.
  package let offset: Int
  /// The place in the text; nil where the contents are no text.
  package let place: LinePlace?

  /// Nil when the contents are the same.
  package init?(between first: Span<UInt8>, and second: Span<UInt8>) {
    let common = min(first.count, second.count)
    var offset = 0
    var line = 1
    var lineStart = 0
    while offset < common, first[offset] == second[offset] {
      if first[offset] == UInt8(ascii: "\n") {
        line += 1
        lineStart = offset + 1
      }
      offset += 1
    }
    guard offset < max(first.count, second.count) else { return nil }
    self.offset = offset
    let isText = Self.isText(first) && Self.isText(second)
    place = isText ? LinePlace(line: line, byte: offset - lineStart + 1) : nil
  }

  /// Whether there is no zero byte near the start, where every file of tensors has one.
  private static func isText(_ content: Span<UInt8>) -> Bool {
    for index in 0..<min(content.count, 8_000) where content[index] == 0 { return false }
    return true
  }
}
