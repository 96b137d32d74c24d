import Diagnostics
import Reports

/// A bar chart with upright bars, such as a histogram.
package struct ColumnDrawing: Sendable {
  /// One column.
  package struct Column: Sendable {
    /// The label below it.
    package let label: String
    package let value: Double
    /// The tooltip.
    package let tip: String

    package init(_ label: String, _ value: Double, tip: String) {
      self.label = label.printable
      self.value = value
      self.tip = tip.printable
    }
  }

  private static let size = (width: 360.0, height: 185.0)
  private static let plot = (left: 48.0, right: 352.0, top: 16.0, bottom: 145.0)

  private let title: String
  private let horizontal: String
  private let columns: [Column]

  /// - Parameter horizontal: the title of the horizontal axis.
  package init(title: String, of horizontal: String, _ columns: [Column]) {
    self.title = title
    self.horizontal = horizontal
    self.columns = columns
  }

  /// A histogram.
  package init(title: String, of horizontal: String, _ bins: [Histogram.Bin]) {
    self.init(
      title: title, of: horizontal,
      bins.map { bin in
        let start = bin.isTail ? "≥\(Spelling.count(bin.first))" : Spelling.count(bin.first)
        return Column(
          start, Double(bin.count), tip: "\(bin.label): \(Spelling.count(bin.count))")
      })
  }

  package var drawing: Drawing {
    let axis = Axis(
      over: [0] + columns.map(\.value), start: Self.plot.bottom, end: Self.plot.top)
    let levels = axis.ticks.flatMap { tick in
      [
        Markup.stroke(
          from: (Self.plot.left, axis.place(tick)), to: (Self.plot.right, axis.place(tick)),
          class: "grid"),
        .words(
          Spelling.tick(tick), x: Self.plot.left - 6, y: axis.place(tick) + 4, anchor: "end",
          class: "soft small"),
      ]
    }
    return Drawing(
      width: Self.size.width, height: Self.size.height, title: title, fills: true,
      levels + columns.indices.flatMap { column($0, axis) } + [
        .stroke(
          from: (Self.plot.left, axis.place(0)), to: (Self.plot.right, axis.place(0)),
          class: "axis"),
        .words(
          horizontal, x: Self.plot.right, y: Self.size.height - 4, anchor: "end",
          class: "soft small"),
      ])
  }

  private func column(_ index: Int, _ axis: Axis) -> [Markup] {
    let pitch = (Self.plot.right - Self.plot.left) / Double(columns.count)
    let left = Self.plot.left + Double(index) * pitch
    let y = axis.place(columns[index].value)
    let bar = Markup.box(
      x: left + pitch * 0.06, y: y, width: pitch * 0.88, height: axis.place(0) - y, class: "fill",
      tip: columns[index].tip)
    let widest = columns.map(\.label.displayWidth).max() ?? 0
    let step = max(1, Int((Double(widest * 6 + 10) / pitch).rounded(.up)))
    guard index % step == 0 else { return [bar] }
    return [
      bar,
      .words(
        columns[index].label, x: left + pitch / 2, y: Self.plot.bottom + 15, anchor: "middle",
        class: "soft small"),
    ]
  }
}
