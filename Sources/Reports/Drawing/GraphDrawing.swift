/// A pipeline as a drawing: a box for each stage, and what flows between them.
package struct GraphDrawing: Sendable {
  /// One stage.
  package struct Node: Sendable {
    package let name: String
    /// What is below the name: the kind, the time.
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
      max(96, Double(name.displayWidth) * 7.6, Double(line.displayWidth) * 5.9) + 26
    }

    fileprivate var line: String { details.joined(separator: " · ") }
  }

  /// What flows from one stage to another, which has a larger number.
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
  private static let nodeHeight = 50.0
  private static let layerHeight = 84.0

  private let title: String
  private let nodes: [Node]
  private let edges: [Edge]
  private let layout: LayeredGraph

  package init(title: String, nodes: [Node], edges: [Edge]) {
    self.title = title
    self.nodes = nodes
    self.edges = edges
    layout = LayeredGraph(
      widths: nodes.map(\.width), edges: edges.map { ($0.from, $0.to) }, gap: 22)
  }

  package var drawing: Drawing {
    let height =
      Double(max(0, layout.layerCount - 1)) * Self.layerHeight + Self.nodeHeight + 2 * Self.margin
    return Drawing(
      width: layout.width + 2 * Self.margin, height: height, title: title,
      edges.indices.flatMap(line) + edges.indices.flatMap(label) + nodes.indices.map(box))
  }

  private func x(_ center: Double) -> Double { center + Self.margin }

  private func top(_ layer: Int) -> Double { Double(layer) * Self.layerHeight + Self.margin }

  private func box(_ index: Int) -> Markup {
    let node = nodes[index]
    let place = layout.place(of: index)
    let (left, top) = (x(place.center) - node.width / 2, top(place.layer))
    return .tag(
      .g, [:],
      [
        .tag(.title, [:], "\(node.name), \(node.state): \(node.line)"),
        .tag(
          .rect,
          [
            .class: "node \(node.state)", .x: left.drawn, .y: top.drawn, .width: node.width.drawn,
            .height: Self.nodeHeight.drawn, .rx: "7",
          ]),
        .words(node.name, x: x(place.center), y: top + 20, anchor: "middle", class: "strong"),
        .words(node.line, x: x(place.center), y: top + 36, anchor: "middle", class: "soft small"),
      ] + share(of: node, left: left + 12, top: top + Self.nodeHeight - 8))
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
    var commands = ""
    var from = (x: x(path[0].center), y: top(path[0].layer) + Self.nodeHeight)
    commands = "M\(from.x.drawn) \(from.y.drawn)"
    for (step, spot) in path.enumerated().dropFirst() {
      let isEnd = step == path.count - 1
      let to = (x: x(spot.center), y: top(spot.layer) - (isEnd ? 6 : 0))
      let middle = (from.y + to.y) / 2
      commands += "C\(from.x.drawn) \(middle.drawn) \(to.x.drawn) \(middle.drawn)"
      commands += " \(to.x.drawn) \(to.y.drawn)"
      from = to
      guard !isEnd else { break }
      from.y = top(spot.layer) + Self.nodeHeight
      commands += "V\(from.y.drawn)"
    }
    let head = "M\((from.x - 4).drawn) \(from.y.drawn)h8l-4 6z"
    return [
      .tag(.path, [.class: "edge", .d: commands]), .tag(.path, [.class: "tip", .d: head]),
    ]
  }

  /// The label where the edge is nearly at the next layer.
  private func label(_ index: Int) -> [Markup] {
    guard !edges[index].label.isEmpty else { return [] }
    let path = layout.path(of: index)
    let (start, end) = (x(path[0].center), x(path[1].center))
    let y = top(path[0].layer) + Self.layerHeight - 14
    return [
      .words(
        edges[index].label, x: (start + 3 * end) / 4, y: y, anchor: "middle",
        class: "soft small halo")
    ]
  }
}
