import Datasets
import Files
import Fixtures
import Testing

struct DatasetStretchTests {
  private static let columns = [
    TokenColumn("source", vocabularySize: 9, padding: 0),
    TokenColumn("target", vocabularySize: 5, padding: 0, end: 3),
  ]

  private static func rows(_ sources: [[Int32]], from number: Int64, label: Int32) -> DatasetRows {
    var rows = DatasetRows(columnCount: 2)
    for (index, ids) in sources.enumerated() {
      rows.append(to: 0) { $0 += ids }
      rows.append(to: 1) { $0 += [Int32(index % 3), 3] }
      rows.endRow(number: number + Int64(index), label: label)
    }
    return rows
  }

  @Test func `rows that lie together come back from their places in the file`() throws {
    let folder = try TemporaryFolder()
    var writer = try DatasetWriter(
      columns: Self.columns, classNames: ["a", "b"], spoolingIn: folder.path(""))
    let runs = [
      Self.rows([[1, 2], [], [8, 0, 7]], from: 5, label: 1), Self.rows([[4]], from: 90, label: 0),
      Self.rows([[], [3, 3]], from: 91, label: 1),
    ]
    var stretches: [DatasetStretch] = []
    for rows in runs { stretches.append(try writer.append(rows)) }
    var file = BytesWritten()
    let places = try writer.write(into: &file)
    for (rows, stretch) in zip(runs, stretches) {
      let bytes = places.ranges(of: stretch).flatMap { file.bytes[$0] }
      #expect(bytes == [rows].bytes(at: stretch))
      let found = try #require(
        DatasetRows(
          bytes: bytes, count: rows.count, idCounts: stretch.ids.map(\.count), shift: 3,
          columns: Self.columns, classCount: 2))
      var other = try DatasetWriter(
        columns: Self.columns, classNames: ["a", "b"], spoolingIn: folder.path(""))
      let again = try other.append(found)
      var moved = [rows].bytes(at: again)
      // The numbers are the last eight bytes of each row.
      for row in 0..<rows.count { moved[moved.count - 8 * (rows.count - row)] += 3 }
      #expect([found].bytes(at: again) == moved)
    }
  }

  @Test func `rows that are added in parts have the bytes of rows that are added at once`() throws {
    let folder = try TemporaryFolder()
    var writer = try DatasetWriter(
      columns: Self.columns, classNames: ["a", "b"], spoolingIn: folder.path(""))
    let parts = [
      Self.rows([[1, 2], [], [8, 0, 7]], from: 5, label: 1), Self.rows([], from: 8, label: 1),
      Self.rows([[4]], from: 8, label: 0), Self.rows([[], [3, 3]], from: 91, label: 1),
    ]
    try writer.append(Self.rows([[6]], from: 1, label: 0))
    let stretches = try parts.map { try writer.append($0) }
    let stretch = stretches.dropFirst().reduce(stretches[0]) { $0.joined(with: $1) }
    try writer.append(Self.rows([[5, 5]], from: 99, label: 0))
    var file = BytesWritten()
    let places = try writer.write(into: &file)
    #expect(parts.bytes(at: stretch) == places.ranges(of: stretch).flatMap { file.bytes[$0] })
  }

  @Test func `bytes that are no rows of such a dataset are refused`() {
    let rows = Self.rows([[1, 2], [8]], from: 5, label: 1)
    let stretch = DatasetStretch(rows, behind: 0, ids: [0, 0])
    let bytes = [rows].bytes(at: stretch)
    func isRead(_ bytes: [UInt8], count: Int = 2, ids: [Int] = [3, 4], classes: Int = 2) -> Bool {
      DatasetRows(
        bytes: bytes, count: count, idCounts: ids, shift: 0, columns: Self.columns,
        classCount: classes) != nil
    }
    #expect(isRead(bytes))
    #expect(!isRead(bytes.dropLast()) && !isRead(bytes + [0]))
    #expect(!isRead(bytes, count: 1) && !isRead(bytes, count: 3) && !isRead(bytes, count: -1))
    #expect(!isRead(bytes, ids: [3]) && !isRead(bytes, ids: [2, 4]))
    #expect(!isRead(bytes, ids: [.max, 4]) && !isRead(bytes, ids: [-1, 4]))
    #expect(!isRead(bytes, classes: 1) && !isRead(bytes, classes: 0))
    for place in [0, 12, 20, 28] {
      var damaged = bytes
      damaged[place] = 0xFF
      #expect(!isRead(damaged), "\(place)")
    }
  }
}

extension [DatasetRows] {
  fileprivate func bytes(at stretch: DatasetStretch) -> [UInt8] {
    var bytes = BytesWritten()
    forEachBytes(at: stretch) { bytes.write($0) }
    return bytes.bytes
  }
}

private struct BytesWritten: ByteSink {
  private(set) var bytes: [UInt8] = []
  var byteCount: Int { bytes.count }

  mutating func write(_ more: Span<UInt8>) {
    for index in more.indices { bytes.append(more[index]) }
  }
}
