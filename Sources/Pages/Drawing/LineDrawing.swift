import Diagnostics
import Reports

/// Lines over whole numbers such as epochs, each of the first five with its own colour, dashes and marker.
package struct LineDrawing: Sendable {
  /// How a line goes from point to point.
  package enum Form: Sendable {
    case straight
    /// A step: the value is constant up to its point, as a rate is during an epoch.
    case stepped
  }

  private static let plot = (left: 48.0, right: 352.0, height: 158.0)
  private static let width = 360.0
  private static let legendHeight = 18.0
  private static let styleCount = 5

  private let title: String
  private let horizontal: String
  private let positions: [Int]
  private let series: [LineChart.Series]
  private let form: Form
  private let marked: (positions: [Int], label: String)?
  private let across: Axis
  private let up: Axis
  /// Where the plot begins, below the legend and the label of what is marked.
  private let top: Double
  /// Where each entry of the legend stands.
  private let legendPlaces: [(x: Double, y: Double)]

  /// - Parameters:
  ///   - horizontal: the title of the horizontal axis.
  ///   - spacing: how positions are spread.
  ///   - scale: how values are spread; nil for a logarithm where they span a decade.
  ///   - marked: positions with a line of their own; the first has the label.
  package init(
    title: String, over horizontal: String, _ positions: [Int], _ series: [LineChart.Series],
    form: Form = .straight, spacing: Axis.Scale = .linear, scale: Axis.Scale? = nil,
    marked: (positions: [Int], label: String)? = nil
  ) {
    self.title = title
    self.horizontal = horizontal
    self.positions = positions
    self.series = series
    self.form = form
    self.marked = marked
    let values = series.flatMap(\.values).compactMap(\.self)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    legendPlaces = Self.legendPlaces(of: series.map(\.name))
    top = (legendPlaces.last?.y ?? 0) + 24
    across = Axis(
      over: positions.map(Double.init), spacing, start: Self.plot.left, end: Self.plot.right)
    up = Axis(
      over: values, scale ?? (low > 0 && high / low >= 10 ? .logarithmic : .linear),
      start: top + Self.plot.height, end: top)
  }

  /// Entries follow one another, and go on below where there is no room left.
  private static func legendPlaces(of names: [String]) -> [(x: Double, y: Double)] {
    var (x, y) = (plot.left, 12.0)
    return names.map { name in
      let length = 36 + Double(name.displayWidth) * 6.4
      if x > plot.left, x + length > width {
        (x, y) = (plot.left, y + legendHeight)
      }
      defer { x += length }
      return (x, y)
    }
  }

  private var bottom: Double { top + Self.plot.height }

  package var drawing: Drawing {
    Drawing(
      width: Self.width, height: bottom + 32, title: title, fills: true,
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
        Spelling.tick(tick), x: across.place(tick), y: bottom + 14, anchor: "middle",
        class: "soft small")
    }
    let name = Markup.words(
      horizontal, x: Self.plot.right, y: bottom + 29, anchor: "end", class: "soft small")
    return levels + feet + [
      name,
      .stroke(
        from: (Self.plot.left, bottom), to: (Self.plot.right, bottom),
        class: "axis"),
    ]
  }

  private var legend: [Markup] {
    zip(series, legendPlaces).enumerated().flatMap { index, entry in
      let (x, y) = entry.1
      return [
        Markup.stroke(from: (x, y), to: (x + 20, y), class: "curve \(Self.style(index))"),
        marker(index, x: x + 10, y: y, tip: nil),
        .words(entry.0.name, x: x + 25, y: y + 4, class: "\(Self.style(index))"),
      ]
    }
  }

  private var mark: [Markup] {
    guard let marked, let first = marked.positions.first else { return [] }
    let places = marked.positions.map { across.place(Double($0)) }
    let x = across.place(Double(first))
    let isRight = x > (Self.plot.left + Self.plot.right) / 2
    return places.map { x in
      .stroke(from: (x, top), to: (x, bottom), class: "mark")
    } + [
      .words(
        marked.label, x: isRight ? x - 5 : x + 5, y: top - 3,
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
    return [.tag(.path, [.class: "curve \(Self.style(index))", .d: commands])] + markers
  }

  private static func style(_ index: Int) -> String { "s\(index % styleCount)" }

  /// A circle, a square, a triangle, a diamond or a pentagon.
  private func marker(_ index: Int, x: Double, y: Double, tip: String?) -> Markup {
    let shape =
      switch index % Self.styleCount {
      case 0: "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z"
      case 1: "m-3.5-3.5h7v7h-7z"
      case 2: "m0-4.5l4 8h-8z"
      case 3: "m0-5l4.5 5l-4.5 5l-4.5-5z"
      default: "m0-4.5l4.3 3.1l-1.6 5h-5.4l-1.6-5z"
      }
    return .tag(
      .path, [.class: "dot \(Self.style(index))", .d: "M\(x.drawn) \(y.drawn)\(shape)"],
      tip.map { [.tag(.title, [:], $0)] } ?? [])
  }
}
