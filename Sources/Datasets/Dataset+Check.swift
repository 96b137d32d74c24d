import Diagnostics

extension Dataset {
  /// Refuses a file whose tensors do not fit together; one pass over its ids.
  func check() throws(Diagnostic) {
    if !classNames.isEmpty {
      try require(labels.count == count, "\(labels.count) labels of \(count) rows")
      for (row, label) in labels.enumerated() where label < 0 || label >= classNames.count {
        throw problem("row \(row) has the label \(label) of \(classNames.count) classes")
      }
    }
    for index in columns.indices {
      try withIDs(of: index) { ids, offsets throws(Diagnostic) in
        try check(columns[index], lengths: lengths[index], ids: ids, offsets: offsets)
      }
    }
  }

  private func check(
    _ column: TokenColumn, lengths: [Int32], ids: Span<Int32>, offsets: Span<Int64>
  ) throws(Diagnostic) {
    let name = "column '\(column.name)'"
    try require(
      offsets.count == count + 1, "\(name) has \(offsets.count) offsets for \(count) rows")
    try require(lengths.count == count, "\(name) has \(lengths.count) lengths for \(count) rows")
    try require(
      offsets[0] == 0 && offsets[count] == Int64(ids.count),
      "\(name) has offsets that do not span its \(ids.count) ids")
    for row in 0..<count where offsets[row + 1] < offsets[row] {
      throw problem("\(name) ends row \(row) before it starts")
    }
    for index in ids.indices where ids[index] < 0 || ids[index] >= column.vocabularySize {
      throw problem(
        "\(name) holds the id \(ids[index]) of a vocabulary of \(column.vocabularySize)")
    }
    for row in 0..<count {
      let all = ids.extracting(Int(offsets[row])..<Int(offsets[row + 1]))
      try require(
        realRange(of: all, padding: column.padding).count == Int(lengths[row]),
        "\(name) says row \(row) is \(lengths[row]) ids long, which it is not")
      if let end = column.end {
        try require(
          !all.isEmpty && all[all.count - 1] == end, "\(name) does not end row \(row) by \(end)")
      }
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
