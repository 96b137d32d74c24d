import Tensors

/// The inputs that a decoder layer's convolution reads: those of a step and of the steps before it.
///
/// Of each step before there is a row for each of its hypotheses that others still come from, so that
/// what several hypotheses begin with is convolved once.
struct ConvS2SHistory {
  /// [rows, channels in] of each step, the last one first.
  private var inputs: [Tensor]
  /// Room for what `inputs` are in the next step.
  private var room: [Tensor]

  /// - Parameters:
  ///   - width: the words that the convolution reads.
  ///   - rowLimit: the most hypotheses there will be at a time.
  init(width: Int, channels: Int, rowLimit: Int, in arena: Arena) {
    inputs = (0..<width).map { _ in arena.tensor(rows: rowLimit, columns: channels) }
    room = (0..<width).map { _ in arena.tensor(rows: rowLimit, columns: channels) }
  }

  /// Where the inputs of the next step, [rows, channels in], are to be written.
  func next(rows: Int) -> Tensor { room[0][rows: 0..<rows] }

  /// Takes in what was written for a step; gives it, and the inputs of the steps before that it comes
  /// from.
  ///
  /// - Parameter generations: the last one first; those before the first word count as zero.
  mutating func advance(rows: Int, _ generations: [Ancestry.Rows]) -> [Tensor] {
    var result = [next(rows: rows)]
    for (age, generation) in generations.prefix(inputs.count - 1).enumerated() {
      let input = room[age + 1][rows: 0..<generation.kept.count]
      gather(rows: generation.kept, of: inputs[age], into: input)
      result.append(input)
    }
    swap(&inputs, &room)
    return result
  }
}
