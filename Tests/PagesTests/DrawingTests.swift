import Foundation
import Pages
import Reports
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct `Drawings` {
  /// Names that would break a careless writer.
  private static let hostile = "<b>\"&\u{1}\n'"

  private static var all: [Drawing] {
    let points: [ParallelCoordinates.Point] = [
      .init(options: [("rate", "0.1"), (hostile, "x")], score: 0.5, rank: .best),
      .init(options: [("rate", "0.02"), (hostile, "y")], score: 0.4, rank: .tied),
      .init(options: [("rate", "1"), (hostile, hostile)], score: nil, rank: .unscored),
    ]
    return [
      graph(nodes: 3, edges: [(0, 1), (0, 2), (1, 2)]),
      LineDrawing(
        title: hostile, over: "epoch", [1, 2, 3],
        [.init(hostile, [1, nil, 3]), .init("b", [.nan, 2, .infinity])], marked: ([2, 3], hostile)
      ).drawing,
      LineDrawing(title: "level", over: "epoch", [1], [.init("rate", [0])], form: .stepped).drawing,
      ColumnDrawing(title: hostile, of: hostile, [.init(hostile, 3, tip: hostile)]).drawing,
      AttentionDrawing(
        title: hostile, source: ["a", hostile], target: ["b"], weights: [[0.3, 0.7]]
      ).drawing,
      ParallelCoordinates(points, score: hostile).drawing,
      ParallelCoordinates([], score: "bleu").drawing,
      DotDrawing(
        title: hostile, of: hostile,
        [
          .init(hostile, 1, reach: 0.5, spelling: hostile, rank: .best),
          .init("b", .nan, reach: .infinity, spelling: ""),
          .init("c", 2, reach: .infinity, spelling: "2"),
        ]
      ).drawing,
      DotDrawing(title: "none", of: "bleu", []).drawing,
      ReliabilityDrawing(
        title: hostile,
        [.init(count: 0, said: 0, right: 0), .init(count: 3, said: 0.4, right: 0.5)]
      ).drawing,
    ]
  }

  private static func graph(
    nodes: Int, edges: [(Int, Int)], label: String = hostile
  ) -> Drawing {
    GraphDrawing(
      title: hostile,
      nodes: (0..<nodes).map {
        .init(name: "\(hostile)\($0)", details: ["cached"], state: "cached", share: 0.5)
      },
      edges: edges.map { .init(from: $0.0, to: $0.1, label: label) }
    ).drawing
  }

  @Test func `every drawing is XML, whatever it is labelled with`() throws {
    for drawing in Self.all {
      let parser = XMLParser(data: Data(drawing.file.utf8))
      #expect(parser.parse(), "\(drawing.title): \(String(describing: parser.parserError))")
    }
  }

  @Test func `no number of a drawing is NaN or infinite`() {
    for drawing in Self.all {
      #expect(!drawing.markup.text.contains(/(?:nan|inf)[ "\.]/))
    }
  }

  @Test func `a drawing's own file names no colours, which few programs beside browsers know`() {
    for drawing in Self.all {
      let file = drawing.file
      #expect(!file.contains("var(") && !file.contains("--"))
      let parts = file.split(separator: "@media screen and (prefers-color-scheme: dark) {")
      #expect(parts.count == 2)
      #expect(parts[0].contains(".words { fill: #1a2027; }"))
      #expect(parts[1].contains(".words { fill: #e8ecf0; }"))
    }
  }

  @Test func `the label of an edge covers the line below it`() throws {
    let text = Self.graph(nodes: 2, edges: [(0, 1)], label: "train, valid, test").markup.text
    let edge = try #require(text.range(of: "class=\"edge\""))
    let pattern =
      /class="ground" x="([-0-9.]+)"[^>]* width="([-0-9.]+)"[^>]*>\s*<text[^>]* x="([-0-9.]+)"/
    let label = try #require(text[edge.upperBound...].firstMatch(of: pattern))
    let numbers = [label.1, label.2, label.3].compactMap { Double($0) }
    try #require(numbers.count == 3)
    #expect(numbers[1] > 80 && abs(numbers[0] + numbers[1] / 2 - numbers[2]) < 0.02)
  }

  @Test func `an option that a point leaves alone has a label at its axis`() {
    let points: [ParallelCoordinates.Point] = [
      .init(options: [("rate", "0.1"), ("hidden", nil)], score: 0.5, rank: .best),
      .init(options: [("rate", nil), ("hidden", "8")], score: 0.4, rank: .ordinary),
    ]
    let text = ParallelCoordinates(points, score: "accuracy").drawing.markup.text
    #expect(text.matches(of: />as defined</).count == 2)
    #expect(text.contains("rate 0.1, hidden as defined: accuracy 0.5"))
  }

  @Test func `dots stand in the order of their rows, with their values and whiskers`() throws {
    let text = DotDrawing(
      title: "scores", of: "bleu",
      [
        .init("first", 30, reach: 2, spelling: "30.00 ± 2.00", rank: .best),
        .init("second", 20, spelling: "20.00"),
      ]
    ).drawing.markup.text
    #expect(text.matches(of: /class="whisker/).count == 1)
    let places = text.matches(of: /<circle class="dot [a-z0-9]+" cx="([0-9.]+)" cy="([0-9.]+)"/)
    let numbers = places.compactMap { (x: Double($0.1) ?? 0, y: Double($0.2) ?? 0) }
    try #require(numbers.count == 2)
    #expect(numbers[0].x > numbers[1].x && numbers[0].y < numbers[1].y)
    #expect(text.contains(">30.00 ± 2.00<") && text.contains(">20.00<"))
  }

  @Test func `a legend goes on in another line rather than out of the picture`() {
    let names = (1...4).map { "a rather long name \($0)" }
    let drawing = LineDrawing(
      title: "lines", over: "epoch", [1, 2], names.map { .init($0, [1, 2]) }
    ).drawing
    let places = drawing.markup.text.matches(
      of: /<text class="words s[0-3]" x="([0-9.]+)" y="([0-9.]+)"/)
    #expect(places.count == 4)
    #expect(Set(places.map(\.1)).count == 1 && Set(places.map(\.2)).count == 4)
    for place in places {
      #expect((Double(place.1) ?? 0) + 6 * Double(names[0].count) < drawing.width)
    }
  }

  @Test func `values that span a decade have a logarithmic axis, others equal steps`() {
    func ticks(_ values: [Double]) -> [Double] {
      let text = LineDrawing(title: "loss", over: "epoch", [1, 2], [.init("loss", values)]).drawing
        .markup.text
      return text.matches(of: /text-anchor="end">([0-9.]+)<\/text>/).compactMap { Double($0.1) }
    }
    #expect(ticks([0.2, 4]).contains(0.5) && ticks([0.2, 4]).contains(2))
    #expect(ticks([1, 4]).contains(3))
  }

  @Test func `words of an attention map end inside the picture`() throws {
    let drawing = AttentionDrawing(
      title: "map", source: ["a", "</s>"], target: ["b"], weights: [[0.5, 0.5]]
    ).drawing
    let places = drawing.markup.text.matches(of: /translate\(([0-9.]+) [0-9.]+\) rotate\(-55\)/)
    let last = try #require(places.last.flatMap { Double($0.1) })
    // Four letters of about seven, slanted.
    #expect(last + 4 * 7 * 0.574 < drawing.width)
  }

  @Test func `boxes never overlap, and every one lies below all it comes from`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<60 {
      let count = Int.random(in: 1...24, using: &random)
      let edges = (1..<max(2, count)).flatMap { to in
        (0..<min(to, count)).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
          .map { ($0, to) }
      }.filter { $0.1 < count }
      let boxes = Self.boxes(of: Self.graph(nodes: count, edges: edges))
      #expect(boxes.count == count)
      for (from, to) in edges { #expect(boxes[from].y < boxes[to].y, "\(edges)") }
      for (a, b) in boxes.indices.flatMap({ a in boxes.indices.map { (a, $0) } }) where a < b {
        let isApart =
          boxes[a].y != boxes[b].y || boxes[a].x + boxes[a].width < boxes[b].x
          || boxes[b].x + boxes[b].width < boxes[a].x
        #expect(isApart, "\(a) and \(b) of \(edges)")
      }
    }
  }

  @Test func `the same pipeline is drawn the same`() {
    let edges = [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3)]
    #expect(Self.graph(nodes: 4, edges: edges).file == Self.graph(nodes: 4, edges: edges).file)
  }

  /// The places of the boxes, in the order of the nodes.
  private static func boxes(of drawing: Drawing) -> [(x: Double, y: Double, width: Double)] {
    let pattern = /class="node cached" x="([-0-9.]+)" y="([-0-9.]+)" width="([-0-9.]+)"/
    return drawing.markup.text.matches(of: pattern).map { match in
      (Double(match.1) ?? 0, Double(match.2) ?? 0, Double(match.3) ?? 0)
    }
  }
}
