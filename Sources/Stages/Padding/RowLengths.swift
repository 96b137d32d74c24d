import Diagnostics
import Text

/// How many tokens rows have.
struct RowLengths: Sendable {
  /// How many rows have so many tokens in their longest column.
  private(set) var rows: [Int: Int] = [:]
  /// How many fields have so many tokens.
  private(set) var fields: [Int: Int] = [:]
  /// The most fields that were counted at a time, which are those of as many bytes of the table as are
  /// filled at a time.
  private(set) var mostFields = 0
  /// How often fields were counted: the table is filled in as many batches.
  private(set) var batchCount = 0

  init() {}

  var rowCount: Int { rows.values.reduce(0, +) }

  /// Lengths without rows, of fields that are counted at a time.
  static var ofBatch: RowLengths {
    var lengths = RowLengths()
    lengths.batchCount = 1
    return lengths
  }

  /// Counts the tokens of some columns of a row of the batch.
  mutating func add(_ bytes: Span<UInt8>, _ fields: Span<Range<Int>>, columns: [Int]) {
    var longest = 0
    for column in columns {
      let count = bytes.extracting(fields[column]).tokenCount
      self.fields[count, default: 0] += 1
      longest = max(longest, count)
    }
    rows[longest, default: 0] += 1
    mostFields += columns.count
  }

  mutating func add(_ other: RowLengths) {
    rows.merge(other.rows, uniquingKeysWith: +)
    fields.merge(other.fields, uniquingKeysWith: +)
    mostFields = max(mostFields, other.mostFields)
    batchCount += other.batchCount
  }

  /// The least length that a share of the rows does not exceed, at least 1.
  func length(ofPercent percentile: Double) -> Int {
    let total = rowCount
    var covered = 0
    for (length, count) in rows.sorted(by: { $0.key < $1.key }) {
      covered += count
      if Double(covered) >= percentile / 100 * Double(total) { return max(1, length) }
    }
    return 1
  }
}

/// A line of three numbers for each length: the tokens, the rows and the fields that have so many; the
/// first has the batches that they were counted in and the most fields of one.
extension RowLengths {
  var lines: [UInt8] {
    var text = "\(batchCount)\t\(mostFields)\t0\n"
    for length in Set(rows.keys).union(fields.keys).sorted() {
      text += "\(length)\t\(rows[length] ?? 0)\t\(fields[length] ?? 0)\n"
    }
    return Array(text.utf8)
  }

  init(lines: [UInt8]) throws(Diagnostic) {
    let numbers = lines.split(separator: UInt8(ascii: "\n")).map { line in
      line.split(separator: UInt8(ascii: "\t")).map { Int(String(decoding: $0, as: UTF8.self)) }
    }
    for (index, line) in numbers.enumerated() {
      guard line.count == 3, let first = line[0], let second = line[1], let third = line[2] else {
        throw Diagnostic(.noLengths)
      }
      if index == 0 {
        (batchCount, mostFields) = (first, second)
      } else {
        if second > 0 { rows[first] = second }
        if third > 0 { fields[first] = third }
      }
    }
  }
}

/// The lengths of the rows of a table.
struct TableLengths: ChunkTally {
  /// Of all parts so far.
  private(set) var total = RowLengths()
  private var chunk = RowLengths()

  mutating func add(_ part: RowLengths) {
    total.add(part)
    chunk.add(part)
  }

  var chunkLines: [UInt8] { chunk.lines }

  mutating func endChunk() { chunk = RowLengths() }

  mutating func add(chunkLines: [UInt8]) throws(Diagnostic) {
    total.add(try RowLengths(lines: chunkLines))
  }
}

extension Diagnostic.Message {
  fileprivate static let noLengths = Self("these are no lengths of rows")
}
