import Diagnostics

/// A small file that goes along with the data, such as a list of stop words or of class names.
///
/// It is UTF-8 unless a byte-order mark says UTF-16; the mark is no part of the text. Lines end with
/// LF, CR LF or, in a file without LF, CR. Lines of nothing but white space are ignored.
package struct SideFile: Sendable {
  /// A line that is not blank.
  package struct Line: Sendable {
    /// Counted from 1, blank lines included.
    package let number: Int
    /// Without its end.
    package let text: String
  }

  /// As errors name it.
  package let path: String
  /// The whole text, UTF-8 with LF at the line ends.
  package let contents: [UInt8]

  /// - Parameter fallback: the encoding of a file that is not UTF-8; none unless given.
  /// - Throws: at a byte that is not in the encoding, with its line.
  package init(
    _ bytes: [UInt8], path: String, fallback: TextEncoding? = nil
  ) throws(Diagnostic) {
    self.path = path
    var contents: [UInt8]
    do throws(Diagnostic) {
      contents = try Self.decoded(bytes, as: .utf8, path)
    } catch {
      guard let fallback, fallback != .utf8 else {
        throw Diagnostic(.notText(error.message.problem), at: error.place)
      }
      contents = try Self.decoded(bytes, as: fallback, path)
    }
    Self.normalizeLineEnds(of: &contents)
    self.contents = contents
  }

  /// The lines that are not blank.
  package var lines: [Line] {
    contents.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
      .map { Line(number: $0 + 1, text: String(decoding: $1, as: UTF8.self)) }
      .filter { !$0.text.isBlank }
  }

  package func place(of line: Line) -> Place { Place(file: path, line: line.number) }

  private static func decoded(
    _ bytes: [UInt8], as encoding: TextEncoding, _ path: String
  ) throws(Diagnostic) -> [UInt8] {
    var decoder = Decoder(BytesInMemory(bytes), file: path, encoding: encoding)
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: max(1, min(bytes.count, 256 << 10)))
    while true {
      let count = try decoder.read(into: &buffer)
      guard count > 0 else { return text }
      text += buffer[..<count]
    }
  }

  private static func normalizeLineEnds(of text: inout [UInt8]) {
    let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    guard text.contains(carriageReturn) else { return }
    guard text.contains(lineFeed) else {
      text = text.map { $0 == carriageReturn ? lineFeed : $0 }
      return
    }
    var normalized: [UInt8] = []
    normalized.reserveCapacity(text.count)
    for index in text.indices {
      let isEnd =
        text[index] == carriageReturn && (index + 1 == text.count || text[index + 1] == lineFeed)
      if !isEnd { normalized.append(text[index]) }
    }
    text = normalized
  }
}

extension Diagnostic.Message {
  fileprivate static func notText(_ problem: String) -> Self {
    Self(problem, remedy: "save the file as UTF-8: iconv -f WINDOWS-1252 -t UTF-8")
  }
}
