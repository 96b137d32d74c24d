import Tensors

/// Memory for the weights of a few words, and for what is read column by column.
struct AttentionRoom {
  private let flipped: [Tensor]
  private let blocks: [Tensor]

  init(
    columns: Int, longest: Int, queries: Int, flipping: Int, blocks count: Int, on tape: Tape
  ) {
    let width = Self.padded(longest)
    flipped = (0..<flipping).map { _ in tape.arena.tensor(rows: columns * width, columns: 1) }
    blocks = (0..<count).map { _ in
      tape.arena.tensor(rows: queries * width, columns: 1)
    }
  }

  /// [columns, words] the words of a row, with zeros up to whole vectors.
  func flip(_ x: Tensor, _ words: Range<Int>, at place: Int) -> Tensor {
    let width = Self.padded(words.count)
    let result = flipped[place][rows: 0..<x.columns * width]
      .reshaped(rows: x.columns, columns: width)
    result.matrix(columns: words.count..<width).fill(0)
    copy(x.matrix[rows: words].transposed, into: result.matrix(columns: 0..<words.count))
    return result
  }

  /// [queries, words, filled up to whole vectors].
  func scores(_ queries: Int, _ words: Int, at place: Int) -> Tensor {
    let width = Self.padded(words)
    return blocks[place][rows: 0..<queries * width].reshaped(rows: queries, columns: width)
  }

  func takeBack(on tape: Tape) {
    for tensor in flipped + blocks { tape.arena.takeBack(tensor) }
  }

  /// Up to whole vectors of sixteen.
  private static func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
