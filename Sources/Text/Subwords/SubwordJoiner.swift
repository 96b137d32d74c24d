/// Undoes a subword encoding: pieces that end in the separator are joined to the next.
package struct SubwordJoiner: Sendable {
  private let separator: [UInt8]

  package init(separator: String = "@@") { self.separator = Array(separator.utf8) }

  /// Appends the line without each separator that a space or the end of the line follows.
  package func join(_ line: Span<UInt8>, into output: inout [UInt8]) {
    var index = 0
    while index < line.count {
      let end = index + separator.count
      if stands(at: index, in: line), end == line.count || line[end] == UInt8(ascii: " ") {
        index = end + 1
      } else {
        output.append(line[index])
        index += 1
      }
    }
  }

  private func stands(at start: Int, in line: Span<UInt8>) -> Bool {
    guard !separator.isEmpty, start + separator.count <= line.count else { return false }
    for offset in separator.indices where line[start + offset] != separator[offset] { return false }
    return true
  }
}
