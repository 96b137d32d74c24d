import Diagnostics
import Reports

/// A parallel-coordinates drawing of a sweep: an axis for each option and one for the score.
package struct ParallelCoordinates: Sendable {
  /// One point of a sweep, with its score.
  package struct Point: Sendable {
    /// How it compares with the best point.
    package enum Rank: Sendable {
      case best
      /// A paired test finds no difference from the best.
      case tied
      case ordinary
      /// Without a score: it failed, or is not done.
      case unscored
    }

    /// The varied options, each with its value as it is spelled, in one order for all points.
    ///
    /// Nil for an option that the point leaves as the definition has it.
    package let options: [(name: String, value: String?)]
    /// Nil when it has none.
    package let score: Double?
    package let rank: Rank

    package init(options: [(name: String, value: String?)], score: Double?, rank: Rank) {
      self.options = options
      self.score = score
      self.rank = rank
    }
  }

  private static let plot = (top: 44.0, bottom: 230.0)
  private static let pitch = 120.0
  private static let margin = 70.0
  /// The value shown for points that do not set the option of an axis.
  private static let unset = "as defined"

  private let points: [Point]
  private let score: String
  /// The values of each option, smallest first where they are numbers.
  private let values: [(name: String, values: [String])]
  private let up: Axis

  /// - Parameter score: the name of the last axis.
  package init(_ points: [Point], score: String) {
    self.points = points
    self.score = score
    values = (points.first?.options ?? []).indices.map { index in
      let all = points.compactMap { $0.options.indices.contains(index) ? $0.options[index] : nil }
      let order = Set(all.compactMap(\.value)).sorted(by: Spelling.isLess)
      let unset = all.contains { $0.value == nil } ? [Self.unset] : []
      return (points[0].options[index].name, unset + order)
    }
    up = Axis(
      over: points.compactMap(\.score), start: Self.plot.bottom, end: Self.plot.top)
  }

  package var drawing: Drawing {
    let ordered = points.filter { $0.rank != .best } + points.filter { $0.rank == .best }
    return Drawing(
      width: x(values.count) + Self.margin, height: Self.plot.bottom + 12,
      title: "\(points.count) settings and their \(score)",
      values.indices.map(rule) + [rule(values.count)] + ordered.flatMap(line)
        + values.indices.flatMap(names) + scoreNames)
  }

  private func x(_ axis: Int) -> Double { Self.margin + Double(axis) * Self.pitch }

  private func y(_ value: String, _ axis: Int) -> Double {
    let all = values[axis].values
    guard let place = all.firstIndex(of: value), all.count > 1 else {
      return (Self.plot.top + Self.plot.bottom) / 2
    }
    let share = Double(place) / Double(all.count - 1)
    return Self.plot.bottom - 14 - share * (Self.plot.bottom - Self.plot.top - 28)
  }

  /// The name of an axis, at one of two heights in turn, so that long names do not overlap.
  private func heading(_ name: String, _ axis: Int, isStrong: Bool = false) -> Markup {
    .words(
      name.printable.fitted(to: 30), x: x(axis), y: axis % 2 == 0 ? 14 : 30, anchor: "middle",
      class: isStrong ? "strong" : "")
  }

  private func rule(_ axis: Int) -> Markup {
    .stroke(from: (x(axis), Self.plot.top), to: (x(axis), Self.plot.bottom), class: "axis")
  }

  /// The name of an axis and its values, drawn on top of the lines.
  private func names(_ axis: Int) -> [Markup] {
    let marks = values[axis].values.flatMap { value in
      Markup.grounded(
        value.printable.fitted(to: 12), x: x(axis) - 7, y: y(value, axis) + 4, anchor: "end")
    }
    return [heading(values[axis].name, axis)] + marks
  }

  private var scoreNames: [Markup] {
    let marks = up.ticks.map { tick in
      Markup.words(
        Spelling.tick(tick), x: x(values.count) + 8, y: up.place(tick) + 4, class: "soft small")
    }
    return [heading(score, values.count, isStrong: true)] + marks
  }

  /// A point's line; one without a score ends at the last option with a cross.
  private func line(_ point: Point) -> [Markup] {
    var places = zip(values.indices, point.options).map { axis, option in
      (x: x(axis), y: y(option.value ?? Self.unset, axis))
    }
    let tip =
      point.options.map { "\($0.name) \($0.value ?? Self.unset)" }.joined(separator: ", ")
      + (point.score.map { ": \(score) \(Spelling.measure($0))" } ?? ": no score")
    if let value = point.score { places.append((x(values.count), up.place(value))) }
    guard let last = places.last else { return [] }
    let commands = places.enumerated().map {
      "\($0.offset == 0 ? "M" : "L")\($0.element.x.drawn) \($0.element.y.drawn)"
    }
    .joined()
    let curve = Markup.tag(
      .path, [.class: "curve \(style(of: point))", .d: commands], [.tag(.title, [:], tip)])
    let end: Markup =
      point.score == nil
      ? .tag(
        .path,
        [.class: "axis", .d: "M\((last.x + 6).drawn) \((last.y - 4).drawn)l8 8m0-8l-8 8"])
      : .tag(
        .circle,
        [
          .class:
            "dot \(point.rank == .best ? "best" : point.rank == .tied ? "s0" : "faint")",
          .cx: last.x.drawn, .cy: last.y.drawn, .r: point.rank == .best ? "5" : "3.5",
        ], [.tag(.title, [:], tip)])
    return [curve, end]
  }

  private func style(of point: Point) -> String {
    switch point.rank {
    case .best: "best"
    case .tied: "s0"
    case .ordinary: "faint"
    case .unscored: "broken"
    }
  }
}
