import CProcessor
import Processors

/// A matrix that many products have on their right, laid out once in the order in which they read it.
///
/// Its columns stand in panels, one row of the panel after the other; before them stands what the
/// products start from. A last panel that is not full is filled up with zeros.
///
/// Its sending is unchecked: nobody writes it after it was made.
@safe
package final class PackedMatrix: @unchecked Sendable {
  package let rows: Int
  package let columns: Int
  /// The columns that stand in wide panels, from the first on.
  let wideColumns: Int
  private let panels: Tensor

  /// Columns of a narrow panel: a vector.
  static let narrow = Lanes.scalarCount
  /// Columns of a wide panel: as many as let 32 registers of AVX-512 hold a tile of a product.
  static let wide = 4 * narrow

  /// Copies a matrix [k, n], which may be transposed.
  ///
  /// - Parameter row: [n] what products start from; nil: from zero.
  package init(_ matrix: Matrix, startingFrom row: Tensor? = nil) {
    precondition(
      row?.count ?? matrix.columns == matrix.columns,
      "\(row?.count ?? 0) values before \(matrix.columns) columns")
    (rows, columns) = (matrix.rows, matrix.columns)
    wideColumns = Self.hasWidePanels ? columns / Self.wide * Self.wide : 0
    let padded = (columns + Self.narrow - 1) / Self.narrow * Self.narrow
    let memory = AlignedMemory(
      byteCount: (rows + 1).saturatingTimes(padded)
        .saturatingTimes(MemoryLayout<Float>.stride))
    panels = Tensor(in: memory, offset: 0, rows: padded, columns: rows + 1)
    var column = 0
    while column < columns {
      let width = column < wideColumns ? Self.wide : Self.narrow
      let range = column..<min(columns, column + width)
      let panel = panels[rows: column..<column + width].reshaped(rows: rows + 1, columns: width)
      if let row {
        copy(
          row.reshaped(rows: 1, columns: columns).matrix(columns: range),
          into: panel.matrix(rows: 0..<1, columns: 0..<range.count))
      }
      copy(
        matrix[rows: 0..<rows, columns: range],
        into: panel.matrix(rows: 1..<rows + 1, columns: 0..<range.count))
      column += width
    }
  }

  /// Where the panel begins whose first column this is.
  func panel(fromColumn column: Int) -> UnsafePointer<Float> {
    unsafe UnsafePointer(panels.base + column &* (rows &+ 1))
  }

  /// Other processors have no registers for a tile of wide panels.
  private static var hasWidePanels: Bool {
    ProcessorFeatures(bits: processor_features_compiled_for).contains(.avx512)
  }
}
