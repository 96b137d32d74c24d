/// The line `sep=;` that Excel looks for at the top of a CSV file.
struct SeparatorLine {
  /// The byte that it says stands between fields.
  let delimiter: UInt8

  /// - Parameter bytes: the beginning of the file; nil unless its first line is such a one.
  init?(_ bytes: [UInt8]) {
    let line = bytes.prefix(16).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard line.count < min(16, bytes.count) else { return nil }
    var text = line
    if text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\""), text.count > 1 {
      text = text.dropFirst().dropLast()
    }
    let mark = text.prefix(4).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard text.count == 5, mark.elementsEqual("sep=".utf8), let last = text.last, last < 0x80 else {
      return nil
    }
    delimiter = last
  }
}

extension Dialect {
  /// The dialect of a file that has the line; one whose first lines are left out anyway stays.
  func heeding(_ line: SeparatorLine?) -> Dialect {
    guard let line, skippedLines == 0 else { return self }
    var dialect = self
    dialect.delimiter = line.delimiter
    dialect.skippedLines = 1
    return dialect
  }
}
