import Synchronization
import Tensors

/// What words add to the sums of recurrent cells: the products of their vectors with input weights.
///
/// While nothing is learnt a word adds the same wherever it stands. So its product is computed when
/// the word is first met, and kept as long as there is room. A row of a product does not depend on
/// the rows around it: the sums are those of a product of the whole input.
final class WordSums: Sendable {
  /// [c, g · w].
  private let weight: LaidOutMatrix
  private let kept: Mutex<KeptSums>
  /// Rows that are computed at a time: as many as make a product efficient.
  private static let computedRows = 64

  /// - Parameters:
  ///   - weight: [c, g · w], the input weights of a direction.
  ///   - words: how many words there are.
  ///   - byteLimit: the most bytes that are kept.
  init(_ weight: LaidOutMatrix, words: Int, byteLimit: Int) {
    self.weight = weight
    kept = Mutex(KeptSums(words: words, width: weight.columns, byteLimit: byteLimit))
  }

  /// The sums of the words of a batch; those of words that were not met before are computed.
  ///
  /// Several threads may compute those of one word at a time; the first ones are kept.
  ///
  /// - Parameter vectors: [n, c], of the words.
  func sums(of words: Indices, vectors: Tensor, on tape: Tape) -> BatchSums {
    let places = tape.arena.indices(count: words.count)
    let unknown = kept.withLock { $0.find(words, into: places) }
    for start in stride(from: 0, to: unknown.count, by: Self.computedRows) {
      let some = unknown[start..<min(unknown.count, start + Self.computedRows)]
      compute(Array(some), of: vectors, on: tape, room: Self.computedRows) { positions, sums in
        let sums = RowBlock(sums)
        kept.withLock { $0.keep(sums, of: words, at: positions) }
      }
    }
    let blocks = kept.withLock { kept in
      if !unknown.isEmpty { _ = kept.find(words, into: places) }
      return kept.blocks
    }
    return BatchSums(places: places, blocks: blocks)
  }

  /// Writes the sums of some of the words; those that are not kept are computed.
  ///
  /// - Parameters:
  ///   - vectors: [n, c], of all the words.
  ///   - sums: [range, g · w]
  ///   - room: how many words there are at most in any such range.
  func write(
    _ known: BatchSums, _ range: Range<Int>, of vectors: Tensor, into sums: Matrix, room: Int,
    on tape: Tape
  ) {
    let others = known.copy(range, into: sums)
    guard !others.isEmpty else { return }
    compute(others, of: vectors, on: tape, room: room) { positions, computed in
      for row in 0..<positions.count {
        let place = positions[row] - range.lowerBound
        copy(computed[rows: row..<row + 1].matrix, into: sums[rows: place..<place + 1])
      }
    }
  }

  /// Gives the products of the vectors at some positions, [positions, g · w].
  ///
  /// - Parameter room: at least as many as there are; of one number the memory is used again.
  private func compute(
    _ positions: [Int32], of vectors: Tensor, on tape: Tape, room: Int,
    _ body: (Indices, Tensor) -> Void
  ) {
    let (arena, rows) = (tape.arena, 0..<positions.count)
    let positions = arena.indices(positions)
    let some = arena.tensor(rows: room, columns: vectors.columns)
    let sums = arena.tensor(rows: room, columns: weight.columns)
    gather(rows: positions, of: vectors, into: some[rows: rows])
    tape.products.multiply(some[rows: rows].matrix, weight, into: sums[rows: rows].matrix)
    body(positions, sums[rows: rows])
    arena.takeBack(some)
    arena.takeBack(sums)
  }
}
