/// Short texts side by side in columns of one width, read downwards.
package enum Columns {
  /// The texts in as few lines as the width allows.
  package static func lines(_ items: [String], width: Int) -> [String] {
    guard let widest = items.map(\.displayWidth).max() else { return [] }
    let columnWidth = min(widest, width) + 3
    let columnCount = max(1, min(items.count, (width + 3) / columnWidth))
    let rowCount = (items.count + columnCount - 1) / columnCount
    return (0..<rowCount).map { row in
      let cells = stride(from: row, to: items.count, by: rowCount).map {
        items[$0].fitted(to: width)
      }
      let line = cells.dropLast().map { $0.padded(to: columnWidth) }.joined()
      return line + (cells.last ?? "")
    }
  }
}
