import Diagnostics
import Reports

/// The attention of each word of a translation to each word of its source, as a heat map.
package struct AttentionDrawing: Sendable {
  private static let cell = 17.0
  /// The most words drawn of a sentence.
  private static let mostWords = 40

  private let title: String
  private let source: [String]
  private let target: [String]
  /// A row for each word of the target: weights over the source, 0 to 1.
  private let weights: [[Double]]

  package init(title: String, source: [String], target: [String], weights: [[Double]]) {
    self.title = title
    self.source = source.prefix(Self.mostWords).map(\.printable)
    self.target = target.prefix(Self.mostWords).map(\.printable)
    self.weights = weights
  }

  package var drawing: Drawing {
    let longest = Double(target.map { min(24, $0.displayWidth) }.max() ?? 0)
    let left = 26 + 6.6 * longest
    let top = 28 + 5.6 * Double(source.map { min(24, $0.displayWidth) }.max() ?? 0)
    let (width, height) = (
      Double(source.count) * Self.cell, Double(target.count) * Self.cell
    )
    // Slanted words reach to the right of their columns.
    let reach = source.enumerated().map { index, word in
      (Double(index) + 0.65) * Self.cell + 4.2 * Double(min(24, word.displayWidth)) + 8
    }.max()
    let axes: [Markup] = [
      .words("read", x: left, y: 11, class: "soft small"),
      .tag(
        .text,
        [
          .class: "words soft small", .textAnchor: "end",
          .transform: "translate(11 \(top.drawn)) rotate(-90)",
        ], "written"),
    ]
    let columns = source.enumerated().map { index, word in
      let x = left + (Double(index) + 0.65) * Self.cell
      return Markup.tag(
        .text,
        [
          .class: "words small", .transform: "translate(\(x.drawn) \((top - 5).drawn)) rotate(-55)",
        ], word.fitted(to: 24))
    }
    let rows = target.enumerated().map { index, word in
      Markup.words(
        word.fitted(to: 24), x: left - 6, y: top + (Double(index) + 0.72) * Self.cell,
        anchor: "end", class: "small")
    }
    let frame = Markup.tag(
      .rect,
      [
        .class: "frame", .x: left.drawn, .y: top.drawn, .width: width.drawn, .height: height.drawn,
      ])
    return Drawing(
      width: left + max(width + 4, reach ?? 0), height: top + height + 4, title: title,
      axes + columns + rows + [frame] + cells(left: left, top: top))
  }

  /// A square for each weight that can be seen.
  private func cells(left: Double, top: Double) -> [Markup] {
    target.indices.flatMap { row in
      zip(source.indices, row < weights.count ? weights[row] : []).compactMap { column, weight in
        guard weight >= 0.02 else { return nil }
        return .box(
          x: left + Double(column) * Self.cell + 0.5, y: top + Double(row) * Self.cell + 0.5,
          width: Self.cell - 1, height: Self.cell - 1, class: "fill", opacity: min(1, weight),
          tip: "\(target[row]) ← \(source[column]): \(Spelling.percent(weight))")
      }
    }
  }
}
