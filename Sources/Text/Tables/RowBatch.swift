/// Rows of text in bulk: one run of UTF-8 bytes cut into fields, and where each row came from.
///
/// A batch of about 256 KB is the unit of streaming and of parallel work. Field `c` of row `r` is
/// `bytes[range(r, c)]`.
package struct RowBatch: Hashable, Sendable {
  package let columnCount: Int
  /// The fields of all rows, one after the other.
  package private(set) var bytes: [UInt8]
  /// Where each field ends in `bytes`; a field starts where the one before it ends.
  package private(set) var ends: [Int]
  /// One per row.
  package private(set) var origins: [Origin]

  package init(columnCount: Int) {
    self.init(columnCount: columnCount, bytes: [], ends: [], origins: [])
  }

  /// A batch of fields that are already laid out.
  init(columnCount: Int, bytes: [UInt8], ends: [Int], origins: [Origin]) {
    precondition(
      ends.count == origins.count * columnCount,
      "\(ends.count) fields do not make \(origins.count) rows of \(columnCount)")
    self.columnCount = columnCount
    self.bytes = bytes
    self.ends = ends
    self.origins = origins
  }

  /// How many rows there are.
  package var count: Int { origins.count }
  package var isEmpty: Bool { origins.isEmpty }

  /// Where a field lies in `bytes`.
  package func range(_ row: Int, _ column: Int) -> Range<Int> {
    precondition(column >= 0 && column < columnCount, "column \(column) of \(columnCount)")
    let index = row * columnCount + column
    return (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// A field's bytes, not copied.
  package func field(_ row: Int, _ column: Int) -> ArraySlice<UInt8> { bytes[range(row, column)] }

  /// A field as a string.
  package func text(_ row: Int, _ column: Int) -> String {
    String(decoding: field(row, column), as: UTF8.self)
  }

  /// Makes room for what is to come.
  package mutating func reserve(rows: Int, byteCount: Int) {
    bytes.reserveCapacity(byteCount)
    ends.reserveCapacity(rows * columnCount)
    origins.reserveCapacity(rows)
  }

  /// Adds bytes to the field being built.
  package mutating func appendPart(_ part: Span<UInt8>) {
    unsafe part.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Ends the field whose parts were added.
  package mutating func endField() { ends.append(bytes.count) }

  /// Adds the next field of the row being built; `endRow` follows the last one.
  package mutating func append(_ field: Span<UInt8>) {
    appendPart(field)
    endField()
  }

  /// Adds the next field of the row being built; `endRow` follows the last one.
  package mutating func append(_ field: some Collection<UInt8>) {
    bytes.append(contentsOf: field)
    ends.append(bytes.count)
  }

  /// Ends the row whose fields were appended.
  package mutating func endRow(_ origin: Origin) {
    origins.append(origin)
    precondition(
      ends.count == origins.count * columnCount,
      "row \(origin) ends after \(ends.count) fields in all, not \(origins.count * columnCount)")
  }

  /// Adds a whole row.
  package mutating func append(_ fields: [String], _ origin: Origin) {
    for field in fields { append(field.utf8) }
    endRow(origin)
  }

  /// Adds a whole row whose bytes lie together and whose field ends count from the batch's start.
  mutating func appendRow(_ row: Span<UInt8>, ends rowEnds: some Sequence<Int>, _ origin: Origin) {
    appendPart(row)
    ends.append(contentsOf: rowEnds)
    endRow(origin)
  }
}
