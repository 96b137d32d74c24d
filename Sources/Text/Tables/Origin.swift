/// Where a row came from: which source file, and the line its record starts on.
package struct Origin: Hashable, Sendable {
  /// Counted from 1, in the order the files were given.
  package let file: Int
  /// Counted from 1.
  package let line: Int

  package init(file: Int = 1, line: Int) {
    self.file = file
    self.line = line
  }
}

extension Origin: CustomStringConvertible {
  /// `123`, or `2:123` for the second of several files.
  package var description: String { file == 1 ? "\(line)" : "\(file):\(line)" }

  /// Reads what `description` writes; nil when it is neither form.
  package init?(_ text: Span<UInt8>) {
    var file: Int?
    var number: Int?
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: ":"), file == nil, let first = number {
        file = first
        number = nil
      } else {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        guard number ?? 0 < Int.max / 10 else { return nil }
        number = (number ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
      }
    }
    guard let line = number, line > 0, file ?? 2 > 1 else { return nil }
    self.init(file: file ?? 1, line: line)
  }
}
