import CProcessor
import Processors

/// Some columns of the right operand of a product, row by row, filled up with zeros to its width.
@safe
struct PackedPanel {
  /// The columns of the product that it gives.
  let columns: Range<Int>
  /// A row of what the sums of the product start from.
  let start: UnsafePointer<Float>
  /// The first row.
  let base: UnsafePointer<Float>
  private let rows: Int

  /// Columns of a narrow panel: a vector.
  static let narrow = Lanes.scalarCount
  /// Columns of a wide panel: as many as let 32 registers of AVX-512 hold a tile of a product.
  static let wide = 4 * narrow

  /// Copies some columns of a matrix [k, n], which may be transposed.
  ///
  /// - Parameters:
  ///   - row: [n] what products start from; nil: from zero.
  ///   - memory: room for the panel's width of k + 1 values each.
  init(_ matrix: Matrix, columns: Range<Int>, startingFrom row: Tensor?, in memory: Tensor) {
    self.columns = columns
    let width = Self.width(columns: columns.count)
    let panel = memory.reshaped(rows: matrix.rows + 1, columns: width)
    let (first, real) = (panel[rows: 0..<1], 0..<columns.count)
    if real.count < width { panel.fill(0) }
    if let row {
      let values = row.reshaped(rows: 1, columns: row.count)
      copy(values.matrix(columns: columns), into: first.matrix(columns: real))
    } else {
      first.fill(0)
    }
    copy(
      matrix[rows: 0..<matrix.rows, columns: columns],
      into: panel.matrix(rows: 1..<matrix.rows + 1, columns: real))
    unsafe start = UnsafePointer(panel.base)
    unsafe base = start + width
    rows = matrix.rows
  }

  /// Some of its rows.
  subscript(rows range: Range<Int>) -> PackedPanel {
    precondition(0 <= range.lowerBound && range.upperBound <= rows, "rows \(range) of \(rows)")
    let width = Self.width(columns: columns.count)
    return unsafe PackedPanel(
      columns: columns, start: start, base: base + range.lowerBound * width, rows: range.count)
  }

  private init(
    columns: Range<Int>, start: UnsafePointer<Float>, base: UnsafePointer<Float>, rows: Int
  ) {
    (self.columns, self.rows) = (columns, rows)
    unsafe (self.start, self.base) = (start, base)
  }

  /// All columns of a matrix whose rows lie as those of a panel already, which is read where it lies;
  /// nil where it does not.
  init?(viewing matrix: Matrix) {
    guard
      Self.hasWide, !matrix.isTransposed, matrix.columns == Self.wide, matrix.stride == Self.wide
    else { return nil }
    (columns, rows) = (0..<matrix.columns, matrix.rows)
    unsafe start = zeros
    unsafe base = UnsafePointer(matrix.base)
  }

  var isWide: Bool { columns.count == Self.wide }

  /// The width of the panel of so many columns.
  static func width(columns: Int) -> Int { columns == wide ? wide : narrow }

  /// The columns of the panels of so many columns, the wide ones first.
  static func ranges(ofColumns count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var column = 0
    while column < count {
      let width = hasWide && count - column >= wide ? wide : min(narrow, count - column)
      ranges.append(column..<column + width)
      column += width
    }
    return ranges
  }

  /// Other processors have no registers for a tile of wide panels.
  private static let hasWide = ProcessorFeatures(bits: processor_features_compiled_for)
    .contains(.avx512)
}
