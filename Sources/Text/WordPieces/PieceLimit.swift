/// The most tokens of a row as BERT reads it: `[CLS] first [SEP]`, or `[CLS] first [SEP] second [SEP]`.
///
/// A line of pieces has neither `[CLS]` nor the `[SEP]` at the end. Its first `[SEP]`, if it has one,
/// parts two texts. Of two, the longer one loses tokens until both are equally long, then both do:
/// the strategy that Hugging Face calls longest-first. Tokens are lost at the end.
struct PieceLimit: Sendable {
  /// The most tokens, with those that the line does not have.
  let tokens: Int

  /// Shortens the line that begins at `start` and ends with the output.
  func apply(to output: inout [UInt8], from start: Int) {
    // A token is a byte and, but for the last, a space.
    guard (output.count - start + 1) / 2 > tokens - 2 else { return }
    let ends = tokenEnds(in: output, from: start)
    let separator = ends.indices.first { index in
      let first = index == 0 ? start : ends[index - 1] + 1
      return output[first..<ends[index]] == PieceEntries.separator[...]
    }
    guard let separator else {
      let kept = max(0, tokens - 2)
      if ends.count > kept { output.removeSubrange((kept == 0 ? start : ends[kept - 1])...) }
      return
    }
    let counts = (separator, ends.count - separator - 1)
    let kept = Self.longestFirst(counts, within: max(0, tokens - 3))
    if kept.1 < counts.1 { output.removeSubrange(ends[separator + kept.1]...) }
    if kept.0 < counts.0 {
      // With the space before [SEP], or behind the tokens that are left.
      let end = kept.0 == 0 ? start : ends[kept.0 - 1] + 1
      output.removeSubrange(end..<ends[separator - 1] + 1)
    }
  }

  /// How many tokens of two texts are left when together they may have `limit`.
  private static func longestFirst(_ counts: (Int, Int), within limit: Int) -> (Int, Int) {
    let (first, second) = counts
    if first + second <= limit { return counts }
    let half = limit / 2
    if first <= second { return first > half ? (half, limit - half) : (first, limit - first) }
    return second > half ? (limit - half, half) : (limit - second, second)
  }

  private func tokenEnds(in output: [UInt8], from start: Int) -> [Int] {
    guard output.count > start else { return [] }
    return output.indices[start...].filter { output[$0] == UInt8(ascii: " ") } + [output.count]
  }
}
