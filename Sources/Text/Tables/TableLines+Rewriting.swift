extension TableLines {
  /// Rewrites lines field by field, without rows between them.
  ///
  /// - Parameters:
  ///   - lines: whole lines.
  ///   - isChanged: of each column, whether its fields are changed.
  ///   - change: appends to nothing what a field of a row becomes; false where the row is to be
  ///     written otherwise.
  ///   - rewriteLines: appends what becomes of such a line, and of one that is not as a table has it, or
  ///     of all lines that are left where such lines are not rare; says how many rows that is.
  /// - Returns: how many rows were written.
  package func rewrite<Failure: Error>(
    _ lines: Span<UInt8>, changing isChanged: [Bool], into text: inout [UInt8],
    change: (_ field: Span<UInt8>, _ row: Origin, _ output: inout [UInt8]) -> Bool,
    otherwise rewriteLines: (Range<Int>, inout [UInt8]) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    precondition(isChanged.count == columnCount, "\(isChanged.count) columns of \(columnCount)")
    text.reserveCapacity(text.count + lines.count + lines.count / 4)
    // A field as it was before it was written, and what it becomes: memory that is used again.
    var (plain, changed): ([UInt8], [UInt8]) = ([], [])
    var (start, rowCount, refusedCount) = (0, 0, 0)
    while start < lines.count {
      let before = text.count
      if let end = appendLine(lines, start, isChanged, &plain, &changed, into: &text, change) {
        start = end
        rowCount += 1
      } else {
        text.removeSubrange(before...)
        refusedCount += 1
        // A call for one line costs several times what the line costs among others.
        let isRare = refusedCount <= 8 + rowCount / 16
        let end =
          isRare
          ? min(lines.count, lines.first(from: start) { $0.isEqual(to: 0x0A) } + 1) : lines.count
        rowCount += try rewriteLines(start..<end, &text)
        start = end
      }
    }
    return rowCount
  }

  /// Appends what becomes of the line at an index.
  ///
  /// - Returns: where the next line begins; nil, with anything appended, when this is not a line as
  ///   `TableText` writes it or `change` says no.
  @inline(__always)
  private func appendLine(
    _ lines: Span<UInt8>, _ start: Int, _ isChanged: [Bool], _ plain: inout [UInt8],
    _ changed: inout [UInt8], into text: inout [UInt8],
    _ change: (Span<UInt8>, Origin, inout [UInt8]) -> Bool
  ) -> Int? {
    // What stays as it is from here on is copied in one go.
    var run = start
    var end = lines.first(from: start) { Self.areSpecial($0) }
    guard let origin = Origin(lines.extracting(start..<end)),
      origin.byteCount == end &- start
    else { return nil }
    for isChanged in isChanged {
      guard end < lines.count, lines[end] == UInt8(ascii: "\t") else { return nil }
      let fieldStart = end &+ 1
      guard let field = field(of: lines, from: fieldStart) else { return nil }
      end = field.end
      guard isChanged else { continue }
      text.append(copying: lines.extracting(run..<fieldStart))
      changed.removeAll(keepingCapacity: true)
      if field.isPlain {
        guard change(lines.extracting(fieldStart..<end), origin, &changed) else {
          return nil
        }
      } else {
        plain.removeAll(keepingCapacity: true)
        guard TableText.append(written: lines.extracting(fieldStart..<end), to: &plain),
          change(plain.span, origin, &changed)
        else { return nil }
      }
      TableText.append(changed.span, to: &text)
      run = end
    }
    guard end < lines.count, lines[end] == UInt8(ascii: "\n") else { return nil }
    text.append(copying: lines.extracting(run..<end &+ 1))
    return end &+ 1
  }

  /// Where a field ends, and whether nothing in it is escaped; nil when it is not as `TableText` writes it.
  @inline(__always)
  private func field(of lines: Span<UInt8>, from start: Int) -> (end: Int, isPlain: Bool)? {
    var isPlain = true
    var index = start
    while true {
      index = lines.first(from: index) { Self.areSpecial($0) }
      guard index < lines.count else { return nil }
      switch lines[index] {
      case UInt8(ascii: "\t"), UInt8(ascii: "\n"): return (index, isPlain)
      case UInt8(ascii: "\r"): return nil
      case UInt8(ascii: "\\"):
        guard index &+ 1 < lines.count, TableText.byte(of: lines[index &+ 1]) != nil else {
          return nil
        }
        isPlain = false
        index &+= 2
      default: index &+= 1
      }
    }
  }

  /// Backslashes, and control characters, most of which are rare.
  @inline(__always)
  private static func areSpecial(_ bytes: ByteBlock) -> ByteMask {
    bytes.isEqual(to: UInt8(ascii: "\\")) .| (bytes .<= ByteBlock(repeating: UInt8(ascii: "\r")))
  }
}

extension Origin {
  /// How long its description is.
  fileprivate var byteCount: Int {
    (file == 1 ? 0 : Self.digitCount(file) &+ 1) &+ Self.digitCount(line)
  }

  private static func digitCount(_ number: Int) -> Int {
    var count = 1
    var power = 10
    while number >= power, count < 19 {
      count &+= 1
      power &*= 10
    }
    return count
  }
}
