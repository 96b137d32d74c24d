import Diagnostics

/// Lines through points, drawn with braille dots, each with its own marker.
package struct LineChart: Sendable {
  /// One line: a name and its values, left to right; NaN leaves a gap.
  package struct Series: Sendable {
    package let name: String
    package let values: [Double?]

    package init(_ name: String, _ values: [Double?]) {
      self.name = name
      self.values = values.map { $0.flatMap { $0.isFinite ? $0 : nil } }
    }
  }

  private static let markers: [Character] = ["●", "○", "◆", "◇"]

  private let series: [Series]
  /// The labels below the first and the last point.
  private let ends: (first: String, last: String)

  package init(_ series: [Series], from first: String, to last: String) {
    self.series = series
    ends = (first, last)
  }

  /// The legend, `height` lines of drawing, and the axis; all of one width.
  package func lines(width: Int, height: Int) -> [String] {
    let values = series.flatMap(\.values).compactMap(\.self)
    guard let low = values.min(), let high = values.max() else { return [] }
    let labels = [high, (high + low) / 2, low].map(Self.label)
    let labelWidth = labels.map(\.count).max() ?? 0
    let plotWidth = max(4, width - labelWidth - 3)
    var canvas = BrailleCanvas(width: plotWidth, height: height)
    for (index, line) in series.enumerated() {
      draw(line, Self.markers[index % Self.markers.count], low, high, on: &canvas)
    }
    let drawing = canvas.lines.enumerated().map { row, text in
      let label = row == 0 ? labels[0] : row == height - 1 ? labels[2] : ""
      let middle = row == height / 2 && height > 4 ? labels[1] : label
      return " " + middle.leftPadded(to: labelWidth) + (middle.isEmpty ? " │" : " ┤") + text
    }
    let space = plotWidth - ends.first.count - ends.last.count
    let axis = ends.first + String(repeating: " ", count: max(1, space)) + ends.last
    return [legend] + drawing + [String(repeating: " ", count: labelWidth + 3) + axis]
  }

  private var legend: String {
    " "
      + zip(Self.markers, series).map { "\($0) \($1.name)" }.joined(separator: "   ")
  }

  private static func label(_ value: Double) -> String {
    Spelling.fixed(value, places: abs(value) < 10 ? 3 : abs(value) < 100 ? 2 : 0)
  }

  private func draw(
    _ line: Series, _ marker: Character, _ low: Double, _ high: Double,
    on canvas: inout BrailleCanvas
  ) {
    let count = line.values.count
    let (right, bottom) = (Double(canvas.dotWidth - 1), Double(canvas.dotHeight - 1))
    let span = high > low ? high - low : 1
    func x(_ index: Int) -> Double {
      count > 1 ? Double(index) / Double(count - 1) * right : 0
    }
    func y(_ value: Double) -> Double { bottom - (value - low) / span * bottom }
    var previous: (x: Double, y: Double)?
    for (index, value) in line.values.enumerated() {
      let point = value.map { (x: x(index), y: y($0)) }
      if let point, let previous { canvas.line(from: previous, to: point) }
      previous = point
    }
    // From the last point backwards, so far apart that the line between them is seen.
    let step = (count * 3 + canvas.width - 1) / canvas.width
    for (index, value) in line.values.enumerated() where (count - 1 - index) % max(1, step) == 0 {
      if let value { canvas.mark(x: x(index), y: y(value), marker) }
    }
  }
}
