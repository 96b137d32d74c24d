import Diagnostics

/// Rows where they stand in their lines, which is enough for what is only looked at.
extension TableLines {
  /// Calls `body` with each row of whole lines.
  ///
  /// - Parameters:
  ///   - firstLine: the first one's number in the artifact, which an error needs.
  ///   - body: called with where the row came from, some bytes, and which of them each field is; those of
  ///     columns that are not read are empty.
  /// - Throws: at a line that is not as it was written.
  package func forEachRow(
    of lines: Span<UInt8>, firstLine: @autoclosure () -> Int,
    _ body: (_ origin: Origin, _ bytes: Span<UInt8>, _ fields: Span<Range<Int>>) -> Void
  ) throws(Diagnostic) {
    var fields = [Range<Int>](repeating: 0..<0, count: columnCount)
    var unescaped: [UInt8] = []
    var rowCount = 0
    var start = 0
    while start < lines.count {
      do throws(Damage) {
        let (origin, isEscaped) = try find(&fields, in: lines, &start)
        if isEscaped {
          unescaped.removeAll(keepingCapacity: true)
          try unescape(&fields, of: lines, into: &unescaped)
          body(origin, unescaped.span, fields.span)
        } else {
          body(origin, lines, fields.span)
        }
        rowCount += 1
      } catch {
        throw damaged(error.what, firstLine() + rowCount)
      }
    }
  }

  /// Finds the fields of the line at `start`, and moves past its LF.
  ///
  /// - Returns: where the row came from, and whether a byte of a field that is read is escaped.
  private func find(
    _ fields: inout [Range<Int>], in lines: Span<UInt8>, _ start: inout Int
  ) throws(Damage) -> (Origin, isEscaped: Bool) {
    var isEscaped = false
    var end = separators.first(in: lines, from: start)
    guard let origin = Origin(lines.extracting(start..<end)) else { throw Damage.noOrigin }
    for column in 0..<columnCount {
      guard end < lines.count, lines[end] == UInt8(ascii: "\t") else {
        throw Damage.fewFields(column, of: columnCount)
      }
      start = end + 1
      if isRead[column] {
        end = marks.first(in: lines, from: start)
        if end < lines.count, lines[end] == UInt8(ascii: "\\") {
          isEscaped = true
          end = separators.first(in: lines, from: end)
        }
        fields[column] = start..<end
      } else {
        end = separators.first(in: lines, from: start)
      }
    }
    guard end < lines.count, lines[end] == UInt8(ascii: "\n") else {
      throw Damage.manyFields(columnCount)
    }
    start = end + 1
    return (origin, isEscaped)
  }

  /// Appends the fields as they were before they were written, and says where they are then.
  private func unescape(
    _ fields: inout [Range<Int>], of lines: Span<UInt8>, into bytes: inout [UInt8]
  ) throws(Damage) {
    for column in 0..<columnCount {
      let start = bytes.count
      guard TableText.append(written: lines.extracting(fields[column]), to: &bytes) else {
        throw Damage.badEscape
      }
      fields[column] = start..<bytes.count
    }
  }
}
