import Digests

/// The digest of rows of a table, each numbered by its distance from the one before.
struct RowsHash {
  /// So many bytes are hashed at a time, while they are near.
  private static let hashedBytes = 128 << 10

  private var hash = BLAKE3()
  private var unhashed: [UInt8] = []

  /// The digest of the rows of whole lines; nil when a line does not begin with an origin.
  static func digest(of lines: Span<UInt8>) -> Digest? {
    let lineFeed = ByteSearch([UInt8(ascii: "\n")])
    let tab = ByteSearch([UInt8(ascii: "\t")])
    var hash = RowsHash()
    var lineBefore: Int?
    var start = 0
    while start < lines.count {
      let end = lineFeed.first(in: lines, from: start)
      let line = lines.extracting(start..<end)
      let fieldsStart = tab.first(in: line, from: 0)
      guard let origin = Origin(line.extracting(..<fieldsStart)) else { return nil }
      hash.add(line.extracting(fieldsStart...), behind: origin.line - (lineBefore ?? origin.line))
      lineBefore = origin.line
      start = end + 1
    }
    return hash.finish()
  }

  /// - Parameters:
  ///   - fields: those of a line, with the tabs before them.
  ///   - distance: of the line from the one before.
  private mutating func add(_ fields: Span<UInt8>, behind distance: Int) {
    if distance < 0 { unhashed.append(UInt8(ascii: "-")) }
    let most = OutputSpan<UInt8>.mostOfOrigin + fields.count + 1
    unhashed.append(addingCapacity: most) { line in
      line.append(number: abs(distance))
      line.append(copying: fields)
      line.append(UInt8(ascii: "\n"))
    }
    if unhashed.count >= Self.hashedBytes { takeUnhashed() }
  }

  private mutating func takeUnhashed() {
    var bytes: [UInt8] = []
    swap(&bytes, &unhashed)
    hash.update(bytes.span)
    bytes.removeAll(keepingCapacity: true)
    swap(&bytes, &unhashed)
  }

  private consuming func finish() -> Digest {
    takeUnhashed()
    return hash.finalize()
  }
}
