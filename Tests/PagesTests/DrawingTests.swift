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

  @Test func `a drawing is not made so small that its letters cannot be read`() throws {
    for drawing in Self.all {
      let least = try #require(drawing.markup.text.firstMatch(of: /--least:([0-9.]+)px/)?.1)
      // The smallest letters are of 11.
      #expect((Double(least) ?? 0) / drawing.width * 11 >= 9.5)
    }
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
