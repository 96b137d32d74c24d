import Cores

extension TableText {
  /// Whole lines cut into pieces of about this size, at line ends.
  package static func pieces(of lines: [UInt8], byteCount: Int = 256 << 10) -> [Range<Int>] {
    let lineFeed = ByteSearch([UInt8(ascii: "\n")])
    var pieces: [Range<Int>] = []
    var start = 0
    while start < lines.count {
      let last = lineFeed.first(in: lines.span, from: min(lines.count, start + byteCount))
      let end = min(lines.count, last + 1)
      pieces.append(start..<end)
      start = end
    }
    return pieces
  }

  /// Lines whose rows came from a file, as they are when the file stands elsewhere in its list and the
  /// rows elsewhere in the file.
  ///
  /// - Parameters:
  ///   - old: the origin that some row has.
  ///   - new: the origin that this row is to have.
  /// - Returns: nil when a line is not as `append` writes it.
  package static func moved(
    _ lines: [UInt8], from old: Origin, to new: Origin, cores: Int
  ) -> [UInt8]? {
    let pieces = pieces(of: lines)
    let moved = mapConcurrently(pieces.count, cores: cores) { index in
      self.moved(lines.span.extracting(pieces[index]), from: old, to: new)
    }
    var whole: [UInt8] = []
    whole.reserveCapacity(moved.reduce(0) { $0 + ($1?.count ?? 0) })
    for piece in moved {
      guard let piece else { return nil }
      whole += piece
    }
    return whole
  }

  private static func moved(
    _ lines: Span<UInt8>, from old: Origin, to new: Origin
  ) -> [UInt8]? {
    let (tab, lineFeed) = (ByteSearch([UInt8(ascii: "\t")]), ByteSearch([UInt8(ascii: "\n")]))
    var text: [UInt8] = []
    text.reserveCapacity(lines.count + lines.count / 16)
    var start = 0
    while start < lines.count {
      let end = tab.first(in: lines, from: start)
      guard let origin = Origin(lines.extracting(start..<end)), origin.file == old.file else {
        return nil
      }
      let line = origin.line - old.line + new.line
      let last = lineFeed.first(in: lines, from: end)
      guard line > 0, last < lines.count else { return nil }
      append(Origin(file: new.file, line: line), to: &text)
      unsafe lines.extracting(end...last).withUnsafeBufferPointer {
        unsafe text.append(contentsOf: $0)
      }
      start = last + 1
    }
    return text
  }
}
