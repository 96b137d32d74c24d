import Reports

/// A drawing of a pipeline: a box for each stage, and an edge for each artifact that another reads.
package struct GraphDrawing: Sendable {
  /// One stage.
  package struct Node: Sendable {
    package let name: String
    /// The lines below the name: the kind, the state and the time.
    package let details: [String]
    /// `cached`, `run` or `maybe`.
    package let state: String
    /// Its part of the time of all stages, 0 to 1.
    package let share: Double

    package init(name: String, details: [String], state: String, share: Double) {
      self.name = name.printable
      self.details = details.map(\.printable)
      self.state = state
      self.share = share
    }

    /// About as wide as its longest line.
    fileprivate var width: Double {
      max(96, Double(name.displayWidth) * 7.6, Double(longest) * 6.2) + 26
    }

    private var longest: Int { details.map(\.displayWidth).max() ?? 0 }
  }

  /// An artifact that one stage gives and another reads; the reader has the larger number.
  package struct Edge: Sendable {
    package let from: Int
    package let to: Int
    package let label: String

    package init(from: Int, to: Int, label: String) {
      self.from = from
      self.to = to
      self.label = label
    }
  }

  private static let margin = 8.0
  /// The height of a box without its lines of details: the name, and the bar.
  private static let frameHeight = 38.0
  private static let lineHeight = 14.0

  private let title: String
  /// Between the boxes of one layer and those of the next.
  private let gap: Double
  private let nodes: [Node]
  private let edges: [Edge]
  private let layout: LayeredGraph
  /// As high as the box with the most lines.
  private let nodeHeight: Double
  /// How far from the middles of the boxes each edge leaves the one and enters the other.
  private var shifts: [(leaving: Double, entering: Double)]

  package init(title: String, nodes: [Node], edges: [Edge], gap: Double = 40) {
    self.title = title
    self.gap = gap
    self.nodes = nodes
    self.edges = edges
    layout = LayeredGraph(
      widths: nodes.map(\.width), edges: edges.map { ($0.from, $0.to) }, gap: 22)
    nodeHeight =
      Self.frameHeight + Self.lineHeight * Double(nodes.map(\.details.count).max() ?? 0)
    shifts = edges.map { _ in (0, 0) }
    for leaving in Dictionary(grouping: edges.indices, by: { edges[$0].from }).values {
      for (edge, shift) in spread(leaving, toward: 1) { shifts[edge].leaving = shift }
    }
    for entering in Dictionary(grouping: edges.indices, by: { edges[$0].to }).values {
      for (edge, shift) in spread(entering, toward: -2) { shifts[edge].entering = shift }
    }
  }

  /// Places side by side for the edges that meet at a box, in the order of their other ends.
  ///
  /// - Parameter step: the spot of their paths that is compared, counted from the end if negative.
  private func spread(_ meeting: [Int], toward step: Int) -> [(edge: Int, shift: Double)] {
    let ordered = meeting.sorted { a, b in
      let (x, y) = (layout.path(of: a), layout.path(of: b))
      let (left, right) = (
        x[step < 0 ? x.count + step : step].center, y[step < 0 ? y.count + step : step].center
      )
      return (left, a) < (right, b)
    }
    return ordered.enumerated().map { place, edge in
      (edge, (Double(place) - Double(ordered.count - 1) / 2) * min(26, 84 / Double(ordered.count)))
    }
  }

  package var drawing: Drawing {
    let height =
      Double(max(0, layout.layerCount - 1)) * layerHeight + nodeHeight + 2 * Self.margin
    return Drawing(
      width: layout.width + 2 * Self.margin, height: height, title: title,
      edges.indices.flatMap(line) + edges.indices.flatMap(label) + nodes.indices.map(box))
  }

  private var layerHeight: Double { nodeHeight + gap }

  private func x(_ center: Double) -> Double { center + Self.margin }

  private func top(_ layer: Int) -> Double { Double(layer) * layerHeight + Self.margin }

  private func box(_ index: Int) -> Markup {
    let node = nodes[index]
    let place = layout.place(of: index)
    let (left, top) = (x(place.center) - node.width / 2, top(place.layer))
    let free = nodeHeight - Self.frameHeight - Self.lineHeight * Double(node.details.count)
    let first = top + 20 + free / 2
    return .tag(
      .g, [:],
      [
        .tag(.title, [:], "\(node.name), \(node.state): \(node.details.joined(separator: " · "))"),
        .tag(
          .rect,
          [
            .class: "node \(node.state)", .x: left.drawn, .y: top.drawn, .width: node.width.drawn,
            .height: nodeHeight.drawn, .rx: "7",
          ]),
        .words(node.name, x: x(place.center), y: first, anchor: "middle", class: "strong"),
      ]
        + node.details.enumerated().map { line, text in
          .words(
            text, x: x(place.center), y: first + 16 + Double(line) * Self.lineHeight,
            anchor: "middle", class: "soft small")
        } + share(of: node, left: left + 12, top: top + nodeHeight - 8))
  }

  /// A bar for the stage's part of the time.
  private func share(of node: Node, left: Double, top: Double) -> [Markup] {
    guard node.share > 0 else { return [] }
    let width = node.width - 24
    return [
      .box(x: left, y: top, width: width, height: 3, class: "trough"),
      .box(x: left, y: top, width: max(1.5, width * min(1, node.share)), height: 3, class: "fill"),
    ]
  }

  /// A curve from the foot of a box to the head of another, and an arrow's head.
  private func line(_ index: Int) -> [Markup] {
    let path = layout.path(of: index)
    var from = (
      x: x(path[0].center) + shifts[index].leaving, y: top(path[0].layer) + nodeHeight
    )
    var commands = "M\(from.x.drawn) \(from.y.drawn)"
    for (step, spot) in path.enumerated().dropFirst() {
      let isEnd = step == path.count - 1
      let shift = isEnd ? shifts[index].entering : 0
      let to = (x: x(spot.center) + shift, y: top(spot.layer) - (isEnd ? 6 : 0))
      let middle = (from.y + to.y) / 2
      commands += "C\(from.x.drawn) \(middle.drawn) \(to.x.drawn) \(middle.drawn)"
      commands += " \(to.x.drawn) \(to.y.drawn)"
      from = to
      guard !isEnd else { break }
      from.y = top(spot.layer) + nodeHeight
      commands += "V\(from.y.drawn)"
    }
    let head = "M\((from.x - 4).drawn) \(from.y.drawn)h8l-4 6z"
    return [
      .tag(.path, [.class: "edge", .d: commands]), .tag(.path, [.class: "tip", .d: head]),
    ]
  }

  /// The label halfway to the next layer, on a background that hides the line.
  private func label(_ index: Int) -> [Markup] {
    guard !edges[index].label.isEmpty else { return [] }
    let path = layout.path(of: index)
    let end = path.count == 2 ? shifts[index].entering : 0
    let middle = (path[0].center + shifts[index].leaving + path[1].center + end) / 2
    let y = top(path[0].layer) + (nodeHeight + layerHeight) / 2 + 1
    return Markup.grounded(
      edges[index].label, x: x(middle), y: y, anchor: "middle", class: "soft")
  }
}
