import Diagnostics
import Reports

/// A reliability diagram: how many are right of the rows that were given a probability.
package struct ReliabilityDrawing: Sendable {
  /// The rows whose probability lies in one range.
  package struct Bin: Sendable {
    let count: Int
    /// Their mean probability.
    let said: Double
    /// The share of them that is right.
    let right: Double

    package init(count: Int, said: Double, right: Double) {
      self.count = count
      self.said = said
      self.right = right
    }
  }

  private static let size = (width: 300.0, height: 270.0)
  private static let plot = (left: 44.0, right: 290.0, top: 12.0, bottom: 222.0)

  private let title: String
  private let bins: [Bin]

  package init(title: String, _ bins: [Bin]) {
    self.title = title
    self.bins = bins.filter { $0.count > 0 }
  }

  private func x(_ share: Double) -> Double {
    Self.plot.left + share * (Self.plot.right - Self.plot.left)
  }

  private func y(_ share: Double) -> Double {
    Self.plot.bottom - share * (Self.plot.bottom - Self.plot.top)
  }

  package var drawing: Drawing {
    Drawing(
      width: Self.size.width, height: Self.size.height, title: title, grid + curve + bins.map(dot))
  }

  private var grid: [Markup] {
    [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap { share in
      let name = Spelling.tick(share)
      return [
        Markup.stroke(
          from: (Self.plot.left, y(share)), to: (Self.plot.right, y(share)), class: "grid"),
        .words(name, x: Self.plot.left - 6, y: y(share) + 4, anchor: "end", class: "soft small"),
        .words(
          name, x: x(share), y: Self.plot.bottom + 15, anchor: "middle", class: "soft small"),
      ]
    } + [
      .stroke(from: (x(0), y(0)), to: (x(1), y(1)), class: "mark"),
      .words(
        "probability that was said", x: Self.plot.right, y: Self.size.height - 16, anchor: "end",
        class: "soft small"),
      .tag(
        .text,
        [
          .class: "words soft small", .textAnchor: "end",
          .transform: "translate(12 \(Self.plot.top.drawn)) rotate(-90)",
        ], "share that is right"),
    ]
  }

  private var curve: [Markup] {
    let commands = bins.enumerated().map { place, bin in
      "\(place == 0 ? "M" : "L")\(x(bin.said).drawn) \(y(bin.right).drawn)"
    }
    return [.tag(.path, [.class: "curve s0", .d: commands.joined()])]
  }

  /// Its area grows with the number of rows.
  private func dot(_ bin: Bin) -> Markup {
    let most = Double(bins.map(\.count).max() ?? 1)
    let radius = 2.5 + 6 * (Double(bin.count) / most).squareRoot()
    let tip =
      "\(Spelling.count(bin.count, "row")): said \(Spelling.fixed(bin.said, places: 3)), "
      + "right \(Spelling.fixed(bin.right, places: 3))"
    return .tag(
      .circle,
      [.class: "dot s0", .cx: x(bin.said).drawn, .cy: y(bin.right).drawn, .r: radius.drawn],
      [.tag(.title, [:], tip)])
  }
}
