/// Parsed records of a delimited file, with any number of fields each.
package struct Records: Sendable {
  /// The fields, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where each field ends in `bytes`.
  private(set) var ends: [Int] = []
  /// How many fields there are up to the end of each record; a blank line is a record without fields.
  private(set) var fieldCounts: [Int] = []
  /// The line each record starts on, counted from 1.
  private(set) var lines: [Int] = []

  package init() {}

  /// How many records are complete.
  package var count: Int { lines.count }

  /// Which fields belong to a record.
  package func fields(of record: Int) -> Range<Int> {
    (record == 0 ? 0 : fieldCounts[record - 1])..<fieldCounts[record]
  }

  /// Where a field lies in `bytes`.
  func range(_ field: Int) -> Range<Int> { (field == 0 ? 0 : ends[field - 1])..<ends[field] }

  /// A field as a string.
  package func text(_ field: Int) -> String { String(decoding: bytes[range(field)], as: UTF8.self) }

  /// Makes room for the fields of so many bytes.
  mutating func reserve(byteCount: Int) { bytes.reserveCapacity(byteCount) }

  /// How many bytes belong to the record that is not complete.
  var openByteCount: Int { bytes.count - endOfLast }

  /// How many fields of the open record are complete; empty ones have no bytes.
  var openFieldCount: Int { ends.count - (fieldCounts.last ?? 0) }

  /// Whether no field of the open record is complete.
  var isAtFirstField: Bool { ends.count == fieldCounts.last ?? 0 }

  /// Where the open field starts.
  var openFieldStart: Int { ends.last ?? 0 }

  /// The bytes of the open field so far.
  var openField: ArraySlice<UInt8> { bytes[openFieldStart...] }

  private var endOfLast: Int {
    guard let fields = fieldCounts.last, fields > 0 else { return 0 }
    return ends[fields - 1]
  }

  /// Adds bytes to the open field.
  mutating func append(_ part: Span<UInt8>) {
    unsafe part.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds a byte to the open field.
  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Cuts the open field down to its first `count` bytes.
  mutating func truncateField(to count: Int) {
    bytes.removeSubrange((openFieldStart + count)...)
  }

  mutating func endField() { ends.append(bytes.count) }

  mutating func endRecord(line: Int) {
    fieldCounts.append(ends.count)
    lines.append(line)
  }

  /// Moves the complete records out and keeps the open one.
  mutating func takeComplete() -> Records {
    guard count > 0 else { return Records() }
    var complete = Records()
    swap(&complete, &self)
    let (fields, byteCount) = (complete.fieldCounts.last ?? 0, complete.endOfLast)
    bytes.reserveCapacity(complete.bytes.count + complete.bytes.count / 4)
    ends.reserveCapacity(complete.ends.count)
    bytes.append(contentsOf: complete.bytes[byteCount...])
    ends.append(contentsOf: complete.ends[fields...].lazy.map { $0 - byteCount })
    complete.bytes.removeSubrange(byteCount...)
    complete.ends.removeSubrange(fields...)
    return complete
  }
}
