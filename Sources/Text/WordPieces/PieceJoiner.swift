/// Undoes the cutting of words into pieces: one that begins with `##` is joined to the one before.
package enum PieceJoiner {
  /// Appends the line without each `##` that begins a token, and the space before it.
  package static func join(_ line: Span<UInt8>, into output: inout [UInt8]) {
    let mark = PieceTrie.continuation
    var index = 0
    while index < line.count {
      let goesOn =
        line[index] == UInt8(ascii: " ") && index + mark.count + 1 < line.count
        && mark.indices.allSatisfy { line[index + 1 + $0] == mark[$0] }
      if goesOn {
        index += 1 + mark.count
      } else {
        output.append(line[index])
        index += 1
      }
    }
  }
}
