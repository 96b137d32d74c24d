/// Moves whole groups between parts as long as that brings the parts nearer to their sizes.
///
/// Parts that have their sizes already keep their groups.
struct GroupExchange {
  /// The groups of each part by their number of rows, in the order they were dealt.
  private var groups: [[Int: [Int32]]]
  /// How many rows each part has beyond its size.
  private var surplus: [Int]

  /// - Parameters:
  ///   - groups: the groups of each part by their number of rows, in the order they were dealt.
  ///   - surplus: how many rows each part has beyond its size; together none.
  init(_ groups: [[Int: [Int32]]], surplus: [Int]) {
    self.surplus = surplus
    self.groups = groups
  }

  /// A group that moves to another part, and one that moves back in exchange, if any.
  private struct Move {
    let from: Int
    let to: Int
    let rows: Int
    let rowsBack: Int
    /// By how many rows the parts come nearer to their sizes.
    let gain: Int
  }

  /// The groups that change their part, with their new parts.
  mutating func moves() -> [(group: Int, part: Int)] {
    var moved: [(group: Int, part: Int)] = []
    while let move = bestMove() {
      moved.append((take(move.rows, from: move.from, to: move.to), move.to))
      if move.rowsBack > 0 {
        moved.append((take(move.rowsBack, from: move.to, to: move.from), move.from))
      }
    }
    return moved
  }

  private mutating func take(_ rows: Int, from: Int, to: Int) -> Int {
    guard let group = groups[from][rows]?.popLast() else {
      preconditionFailure("part \(from) has no group of \(rows) rows")
    }
    if groups[from][rows]?.isEmpty == true { groups[from][rows] = nil }
    groups[to][rows, default: []].append(group)
    surplus[from] -= rows
    surplus[to] += rows
    return Int(group)
  }

  private func bestMove() -> Move? {
    var best: Move?
    for from in groups.indices where surplus[from] > 0 {
      for to in groups.indices where surplus[to] < 0 {
        for rows in groups[from].keys.sorted() {
          for rowsBack in [0] + groups[to].keys.sorted() where rowsBack < rows {
            let gain = gain(of: rows - rowsBack, from, to)
            if gain > best?.gain ?? 0 {
              best = Move(from: from, to: to, rows: rows, rowsBack: rowsBack, gain: gain)
            }
          }
        }
      }
    }
    return best
  }

  private func gain(of rows: Int, _ from: Int, _ to: Int) -> Int {
    abs(surplus[from]) + abs(surplus[to]) - abs(surplus[from] - rows) - abs(surplus[to] + rows)
  }
}
