import Diagnostics
import Reports

/// Lines over whole numbers such as epochs, each with its own colour, dashes and marker.
package struct LineDrawing: Sendable {
  /// How a line goes from point to point.
  package enum Form: Sendable {
    case straight
    /// A step: the value is constant up to its point, as a rate is during an epoch.
    case stepped
  }

  private static let size = (width: 360.0, height: 220.0)
  private static let plot = (left: 48.0, right: 352.0, top: 30.0, bottom: 188.0)

  private let title: String
  private let horizontal: String
  private let positions: [Int]
  private let series: [LineChart.Series]
  private let form: Form
  private let marked: (positions: [Int], label: String)?
  private let across: Axis
  private let up: Axis

  /// - Parameters:
  ///   - horizontal: the title of the horizontal axis.
  ///   - marked: positions with a line of their own; the first has the label.
  package init(
    title: String, over horizontal: String, _ positions: [Int], _ series: [LineChart.Series],
    form: Form = .straight, marked: (positions: [Int], label: String)? = nil
  ) {
    self.title = title
    self.horizontal = horizontal
    self.positions = positions
    self.series = series
    self.form = form
    self.marked = marked
    let values = series.flatMap(\.values).compactMap(\.self)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    across = Axis(
      over: positions.map(Double.init), start: Self.plot.left, end: Self.plot.right)
    up = Axis(
      over: values, low > 0 && high / low > 20 ? .logarithmic : .linear,
      start: Self.plot.bottom, end: Self.plot.top)
  }

  package var drawing: Drawing {
    Drawing(
      width: Self.size.width, height: Self.size.height, title: title, fills: true,
      grid + legend + mark + series.indices.flatMap(line))
  }

  private var grid: [Markup] {
    let levels = up.ticks.flatMap { tick in
      let y = up.place(tick)
      return [
        Markup.stroke(from: (Self.plot.left, y), to: (Self.plot.right, y), class: "grid"),
        .words(
          Spelling.tick(tick), x: Self.plot.left - 6, y: y + 4, anchor: "end", class: "soft small"),
      ]
    }
    let whole = across.ticks.filter { tick in positions.contains { Double($0) == tick } }
    let shown = whole.isEmpty ? positions.prefix(1).map(Double.init) : whole
    let feet = shown.map { tick in
      Markup.words(
        Spelling.tick(tick), x: across.place(tick), y: Self.plot.bottom + 14, anchor: "middle",
        class: "soft small")
    }
    let name = Markup.words(
      horizontal, x: Self.plot.right, y: Self.size.height - 3, anchor: "end", class: "soft small")
    return levels + feet + [
      name,
      .stroke(
        from: (Self.plot.left, Self.plot.bottom), to: (Self.plot.right, Self.plot.bottom),
        class: "axis"),
    ]
  }

  private var legend: [Markup] {
    var x = Self.plot.left
    return series.enumerated().flatMap { index, line in
      defer { x += 36 + Double(line.name.displayWidth) * 6.4 }
      return [
        Markup.stroke(from: (x, 12), to: (x + 20, 12), class: "curve s\(index % 4)"),
        marker(index, x: x + 10, y: 12, tip: nil),
        .words(line.name, x: x + 25, y: 16, class: "s\(index % 4)"),
      ]
    }
  }

  private var mark: [Markup] {
    guard let marked, let first = marked.positions.first else { return [] }
    let places = marked.positions.map { across.place(Double($0)) }
    let x = across.place(Double(first))
    let isRight = x > (Self.plot.left + Self.plot.right) / 2
    return places.map { x in
      .stroke(from: (x, Self.plot.top), to: (x, Self.plot.bottom), class: "mark")
    } + [
      .words(
        marked.label, x: isRight ? x - 5 : x + 5, y: Self.plot.top - 3,
        anchor: isRight ? "end" : "start", class: "soft small halo")
    ]
  }

  private func line(_ index: Int) -> [Markup] {
    var commands = ""
    var markers: [Markup] = []
    var isDrawing = false
    let step = max(1, positions.count / 24)
    for (place, position) in positions.enumerated() {
      guard let value = series[index].values[place] else {
        isDrawing = false
        continue
      }
      let (x, y) = (across.place(Double(position)), up.place(value))
      if isDrawing {
        commands += form == .stepped ? "H\(x.drawn)V\(y.drawn)" : "L\(x.drawn) \(y.drawn)"
      } else {
        commands += "M\(x.drawn) \(y.drawn)"
      }
      isDrawing = true
      let tip = "\(series[index].name), \(horizontal) \(position): \(Spelling.measure(value))"
      if (positions.count - 1 - place) % step == 0 {
        markers.append(marker(index, x: x, y: y, tip: tip))
      }
    }
    return [.tag(.path, [.class: "curve s\(index % 4)", .d: commands])] + markers
  }

  /// A circle, a square, a triangle or a diamond.
  private func marker(_ index: Int, x: Double, y: Double, tip: String?) -> Markup {
    let shape =
      switch index % 4 {
      case 0: "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z"
      case 1: "m-3.5-3.5h7v7h-7z"
      case 2: "m0-4.5l4 8h-8z"
      default: "m0-5l4.5 5l-4.5 5l-4.5-5z"
      }
    return .tag(
      .path, [.class: "dot s\(index % 4)", .d: "M\(x.drawn) \(y.drawn)\(shape)"],
      tip.map { [.tag(.title, [:], $0)] } ?? [])
  }
}
