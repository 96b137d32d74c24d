import Formats

/// Rows as the tensors of a dataset hold them: of each column the ids and the offsets, then the labels
/// and the numbers.
extension [DatasetRows] {
  /// Calls `body` with the bytes of rows that lie together, from first to last.
  ///
  /// - Parameter stretch: where in their dataset they lie.
  package func forEachBytes(at stretch: DatasetStretch, _ body: (Span<UInt8>) -> Void) {
    for (column, ids) in stretch.ids.enumerated() {
      for rows in self { rows.columns[column].ids.withElementBytes(body) }
      var first = Int64(ids.lowerBound)
      [first].withElementBytes(body)
      for rows in self {
        let ends = rows.columns[column].ends
        ends.map { first + Int64($0) }.withElementBytes(body)
        first += Int64(rows.columns[column].ids.count)
      }
    }
    for rows in self { rows.labels.withElementBytes(body) }
    for rows in self { rows.numbers.withElementBytes(body) }
  }
}

extension DatasetRows {
  /// Reads rows from their bytes; nil when they are none of such a dataset.
  ///
  /// - Parameters:
  ///   - idCounts: how many ids the rows have in each column.
  ///   - shift: what is added to their numbers.
  package init?(
    bytes: [UInt8], count: Int, idCounts: [Int], shift: Int64, columns: [TokenColumn],
    classCount: Int
  ) {
    guard count >= 0, count < bytes.count, idCounts.count == columns.count, !columns.isEmpty else {
      return nil
    }
    self.init(columnCount: columns.count)
    var rest = bytes.span
    for (index, column) in columns.enumerated() {
      guard let ids: [Int32] = rest.take(idCounts[index]),
        let offsets: [Int64] = rest.take(count + 1), let first = offsets.first, first >= 0,
        ids.allSatisfy({ $0 >= 0 && $0 < column.vocabularySize }),
        zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }),
        offsets[count] - first == ids.count
      else { return nil }
      self.columns[index] = Column(ids: ids, ends: offsets.dropFirst().map { Int($0 - first) })
    }
    guard let labels: [Int32] = rest.take(classCount > 0 ? count : 0),
      labels.allSatisfy({ $0 >= 0 && $0 < classCount }),
      let numbers: [Int64] = rest.take(count), rest.isEmpty
    else { return nil }
    self.labels = labels
    self.numbers = numbers.map { $0 &+ shift }
  }
}

extension Array where Element: TensorElement {
  fileprivate func withElementBytes(_ body: (Span<UInt8>) -> Void) {
    unsafe withUnsafeBytes { bytes in body(unsafe bytes.bindMemory(to: UInt8.self).span) }
  }
}

extension Span<UInt8> {
  /// Takes elements from the front; nil when there are fewer.
  fileprivate mutating func take<Value: TensorElement>(_ count: Int) -> [Value]? {
    let stride = MemoryLayout<Value>.stride
    guard count >= 0, count <= self.count / stride else { return nil }
    let taken = extracting(..<(count * stride))
    self = extracting((count * stride)...)
    return unsafe taken.withUnsafeBytes { bytes in
      unsafe [Value](unsafeUninitializedCapacity: count) { elements, initialized in
        unsafe UnsafeMutableRawBufferPointer(elements).copyMemory(from: bytes)
        initialized = count
      }
    }
  }
}
