/// One of the products `c ← c + aᵀ · b` of some rows of a and as many of b, for ranges of rows in turn.
package struct TransposedPart {
  /// The rows of a and those of b, equally many.
  package let ranges: [(a: Range<Int>, b: Range<Int>)]
  package let c: Matrix

  package init(_ ranges: [(a: Range<Int>, b: Range<Int>)], into c: Matrix) {
    self.ranges = ranges
    self.c = c
  }

  /// Its ranges in pieces of at most `depth` rows.
  fileprivate func pieces(depth: Int) -> [TransposedPiece] {
    ranges.flatMap { range in
      precondition(
        range.a.count == range.b.count, "\(range.a.count) rows times \(range.b.count)")
      return stride(from: 0, to: range.a.count, by: depth).map { first in
        TransposedPiece(
          a: range.a.dropFirst(first).prefix(depth), b: range.b.dropFirst(first).prefix(depth),
          c: c)
      }
    }
  }
}

/// Rows of a and of b that are multiplied at once.
private struct TransposedPiece {
  let a: Range<Int>
  let b: Range<Int>
  let c: Matrix
}

/// Products of one transposed matrix, of which several may share rows of both operands.
///
/// Some columns of b are laid out as panels, for all products whose rows overlap. They stay in the cache
/// of a core while the columns of a go through them in blocks, which are read where they lie.
struct TransposedProducts {
  /// Not transposed.
  let a: Matrix
  let b: Matrix
  /// Where operands are laid out; what lies there is lost.
  let arena: Arena
  /// The most rows whose products are summed before they are added to what was there.
  let depth: Int

  /// Columns of b that are laid out at a time.
  private static let blockColumns = 2 * PackedPanel.wide
  /// Columns of a that go through these panels while they are in the cache: whole tiles.
  private static let blockRows = 96

  /// Computes the parts.
  ///
  /// - Parameter adding: false: each first sum is what its part begins with.
  func compute(_ parts: [TransposedPart], adding: Bool) {
    let pieces = parts.map { $0.pieces(depth: depth) }
    for turn in 0..<(pieces.reduce(0) { max($0, $1.count) }) {
      compute(pieces.compactMap { turn < $0.count ? $0[turn] : nil }, adding: adding || turn > 0)
    }
  }

  private func compute(_ pieces: [TransposedPiece], adding: Bool) {
    guard let first = pieces.first else { return }
    let rowsB = pieces.reduce(first.b) { $0.union($1.b) }
    let panelRanges = PackedPanel.ranges(ofColumns: b.columns)
    var start = 0
    while start < panelRanges.count {
      let end = panelRanges[start...].firstIndex {
        $0.upperBound > panelRanges[start].lowerBound + Self.blockColumns
      }
      arena.reset()
      let panels = panelRanges[start..<(end ?? panelRanges.count)].map { columns in
        panel(of: b[rows: rowsB], columns)
      }
      for row in stride(from: 0, to: a.columns, by: Self.blockRows) {
        let block = row..<min(a.columns, row + Self.blockRows)
        for piece in pieces {
          let rows = piece.b.lowerBound - rowsB.lowerBound..<piece.b.upperBound - rowsB.lowerBound
          let product = PackedProduct(a[rows: piece.a].transposed, into: piece.c, adding: adding)
          for panel in panels { product.compute(panel[rows: rows], block) }
        }
      }
      start += panels.count
    }
  }

  /// Some columns of a matrix, copied unless they lie as those of a panel already.
  private func panel(of b: Matrix, _ columns: Range<Int>) -> PackedPanel {
    PackedPanel(viewing: b)
      ?? PackedPanel(
        b, columns: columns, startingFrom: nil,
        in: arena.tensor(
          rows: PackedPanel.width(columns: columns.count), columns: b.rows + 1))
  }
}

extension Range<Int> {
  /// The smallest range with all of both.
  fileprivate func union(_ other: Self) -> Self {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}
