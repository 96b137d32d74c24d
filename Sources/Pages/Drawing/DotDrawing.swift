import Diagnostics
import Reports

/// Values as dots on one axis, one below the other, each with a whisker for how sure it is.
package struct DotDrawing: Sendable {
  /// One value.
  package struct Dot: Sendable {
    /// How it stands out.
    package enum Rank: Sendable {
      case best
      /// Not to be told from the best.
      case tied
      case ordinary
    }

    let label: String
    let value: Double
    /// How far the whisker reaches to both sides; nil without one.
    let reach: Double?
    /// The value in words, at the right.
    let spelling: String
    let rank: Rank

    package init(
      _ label: String, _ value: Double, reach: Double? = nil, spelling: String,
      rank: Rank = .ordinary
    ) {
      self.label = label.printable.fitted(to: 34)
      self.value = value
      self.reach = reach
      self.spelling = spelling
      self.rank = rank
    }

    fileprivate var style: String {
      switch rank {
      case .best: "best"
      case .tied: "s0"
      case .ordinary: "faint"
      }
    }
  }

  private static let pitch = 20.0
  private static let plotWidth = 190.0
  private static let top = 6.0

  private let title: String
  private let horizontal: String
  private let dots: [Dot]
  private let left: Double
  private let across: Axis

  /// - Parameter horizontal: the title of the axis.
  package init(title: String, of horizontal: String, _ dots: [Dot]) {
    self.title = title
    self.horizontal = horizontal
    self.dots = dots.filter(\.value.isFinite)
    left = 10 + 6.8 * Double(dots.map(\.label.displayWidth).max() ?? 0)
    across = Axis(
      over: self.dots.flatMap { dot in
        let reach = dot.reach.flatMap { $0.isFinite ? $0 : nil } ?? 0
        return [dot.value - reach, dot.value + reach]
      }, start: left, end: left + Self.plotWidth)
  }

  private var right: Double { left + Self.plotWidth }
  private var foot: Double { Self.top + Double(dots.count) * Self.pitch }

  package var drawing: Drawing {
    let room = 12 + 7.2 * Double(dots.map(\.spelling.displayWidth).max() ?? 0)
    return Drawing(
      width: right + room, height: foot + 34, title: title,
      grid + dots.indices.flatMap { row($0) })
  }

  private var grid: [Markup] {
    across.ticks.flatMap { tick in
      let x = across.place(tick)
      return [
        Markup.stroke(from: (x, Self.top), to: (x, foot), class: "grid"),
        .words(
          Spelling.tick(tick), x: x, y: foot + 14, anchor: "middle", class: "soft small"),
      ]
    } + [
      .stroke(from: (left, foot), to: (right, foot), class: "axis"),
      .words(horizontal, x: right, y: foot + 29, anchor: "end", class: "soft small"),
    ]
  }

  private func row(_ place: Int) -> [Markup] {
    let dot = dots[place]
    let y = Self.top + (Double(place) + 0.5) * Self.pitch
    let x = across.place(dot.value)
    let tip = Markup.tag(.title, [:], "\(dot.label): \(dot.spelling)")
    var pieces: [Markup] = [
      .words(
        dot.label, x: left - 8, y: y + 4, anchor: "end",
        class: dot.rank == .best ? "small strong" : "small")
    ]
    if let reach = dot.reach, reach.isFinite {
      let (low, high) = (across.place(dot.value - reach), across.place(dot.value + reach))
      pieces.append(
        .tag(
          .path,
          [
            .class: "whisker \(dot.style)",
            .d: "M\(low.drawn) \((y - 4).drawn)v8m0-4H\(high.drawn)m0-4v8",
          ]))
    }
    pieces.append(
      .tag(
        .circle,
        [
          .class: "dot \(dot.style)", .cx: x.drawn, .cy: y.drawn,
          .r: dot.rank == .best ? "5" : "4",
        ], [tip]))
    return pieces + [
      .words(
        dot.spelling, x: right + 8, y: y + 4,
        class: dot.rank == .best ? "small strong" : "small")
    ]
  }
}
