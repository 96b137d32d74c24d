import Tensors

/// The sums of words that were met, by word, up to a number of bytes.
struct KeptSums: Sendable {
  /// Where the row of each word lies; −1 of those that have none.
  private var places: [Int32]
  /// Each [blockRows, g · w].
  private(set) var blocks: [RowBlock] = []
  private var count = 0
  private let most: Int
  private let blockRows: Int

  /// Memory is taken as it is needed, so many bytes at a time.
  private static let blockSize = 256 << 10

  /// - Parameter width: of a row of sums.
  init(words: Int, width: Int, byteLimit: Int) {
    let rowSize = max(1, width * MemoryLayout<Float>.stride)
    places = Array(repeating: -1, count: words)
    most = byteLimit / rowSize
    blockRows = max(1, Self.blockSize / rowSize)
  }

  /// Writes where the rows of words lie, −1 for those that have none.
  ///
  /// - Returns: where the first of each word without a row stands, as far as there is room for them.
  func find(_ words: Indices, into places: Indices) -> [Int32] {
    var unknown: [Int32] = []
    var seen: Set<Int> = []
    for position in 0..<words.count {
      let word = words[position]
      let place = self.places[word]
      places[position] = Int(place)
      if place < 0, count + unknown.count < most, seen.insert(word).inserted {
        unknown.append(Int32(position))
      }
    }
    return unknown
  }

  /// Keeps the sums of the words at some positions, but for those that have a row by now.
  mutating func keep(_ sums: RowBlock, of words: Indices, at positions: Indices) {
    for row in 0..<positions.count where count < most {
      let word = words[positions[row]]
      guard places[word] < 0 else { continue }
      if count == blocks.count * blockRows {
        blocks.append(
          RowBlock(Arena(leastBlock: 0).tensor(rows: blockRows, columns: sums.rows.columns)))
      }
      blocks.row(at: count).copy(from: sums.rows[rows: row..<row + 1])
      places[word] = Int32(count)
      count += 1
    }
  }
}

/// Rows that are written once, under a lock, before other threads learn of them.
struct RowBlock: @unchecked Sendable {
  let rows: Tensor

  init(_ rows: Tensor) { self.rows = rows }
}

extension [RowBlock] {
  /// The row at a place of all their rows; the blocks have equally many.
  func row(at place: Int) -> Tensor {
    let (block, row) = place.quotientAndRemainder(dividingBy: self[0].rows.rows)
    return self[block].rows[rows: row..<row + 1]
  }
}

/// The sums of the words of a batch, as far as they are kept.
struct BatchSums {
  /// Of each word; −1 where its sums are not kept.
  private let places: Indices
  private let blocks: [RowBlock]

  init(places: Indices, blocks: [RowBlock]) {
    (self.places, self.blocks) = (places, blocks)
  }

  /// Copies the sums of some of the words.
  ///
  /// - Parameter sums: [range, g · w]
  /// - Returns: the positions whose sums are not kept.
  func copy(_ range: Range<Int>, into sums: Matrix) -> [Int32] {
    var others: [Int32] = []
    for (row, position) in range.enumerated() {
      // Rows lie wherever they were needed first: each is asked for while others are copied.
      if position + 2 < range.upperBound, places[position + 2] >= 0 {
        blocks.row(at: places[position + 2]).prefetch()
      }
      let place = places[position]
      if place < 0 {
        others.append(Int32(position))
      } else {
        Tensors.copy(blocks.row(at: place).matrix, into: sums[rows: row..<row + 1])
      }
    }
    return others
  }
}
