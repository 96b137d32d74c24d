import Diagnostics
import Formats

extension Dataset {
  /// Refuses a file whose tensors do not fit together; one pass over its ids.
  func check() throws(Diagnostic) {
    if !classNames.isEmpty {
      try require(labels.count == count, "\(labels.count) labels of \(count) rows")
      for (row, label) in labels.enumerated() where label < 0 || label >= classNames.count {
        throw problem("row \(row) has the label \(label) of \(classNames.count) classes")
      }
    }
    for (index, column) in columns.enumerated() {
      try checkOffsets(of: column, tensors[index])
      try require(
        lengths[index].count == count,
        "column '\(column.name)' has \(lengths[index].count) lengths for \(count) rows")
      try forEachRow(of: index) { row, ids throws(Diagnostic) in
        try check(row, of: column, ids: ids, length: Int(lengths[index][row]))
      }
    }
  }

  private func checkOffsets(
    of column: TokenColumn, _ tensors: (ids: TensorEntry, offsets: TensorEntry)
  ) throws(Diagnostic) {
    let name = "column '\(column.name)'"
    try require(
      tensors.offsets.count == count + 1,
      "\(name) has \(tensors.offsets.count) offsets for \(count) rows")
    let piece = 1 << 16
    var (first, last): (Int64?, Int64) = (nil, 0)
    for start in stride(from: 0, through: count, by: piece) {
      let places = start..<min(start + piece, count + 1)
      try file.withValues(of: tensors.offsets, at: places) {
        (offsets: Span<Int64>) throws(Diagnostic) in
        for index in offsets.indices {
          if first == nil { (first, last) = (offsets[index], offsets[index]) }
          guard offsets[index] >= last else {
            throw problem("\(name) ends row \(start + index - 1) before it starts")
          }
          last = offsets[index]
        }
      }
    }
    try require(
      first == 0 && last == Int64(tensors.ids.count),
      "\(name) has offsets that do not span its \(tensors.ids.count) ids")
  }

  private func check(
    _ row: Int, of column: TokenColumn, ids: Span<Int32>, length: Int
  ) throws(Diagnostic) {
    let name = "column '\(column.name)'"
    for index in ids.indices where ids[index] < 0 || ids[index] >= column.vocabularySize {
      throw problem(
        "\(name) holds the id \(ids[index]) of a vocabulary of \(column.vocabularySize)")
    }
    try require(
      realRange(of: ids, padding: column.padding).count == length,
      "\(name) says row \(row) is \(length) ids long, which it is not")
    if let end = column.end {
      try require(
        !ids.isEmpty && ids[ids.count - 1] == end, "\(name) does not end row \(row) by \(end)")
    }
  }

  private func require(_ condition: Bool, _ problem: @autoclosure () -> String) throws(Diagnostic) {
    if !condition { throw self.problem(problem()) }
  }

  private func problem(_ text: String) -> Diagnostic {
    Diagnostic(.brokenDataset(path, text))
  }
}

extension Diagnostic.Message {
  static func brokenDataset(_ file: String, _ reason: String) -> Self {
    Self(
      "'\(file)' is not a sound dataset: \(reason)",
      remedy: "make it anew with the binarize stage")
  }
}
