import Reports

/// An SVG drawing, in user units from its top left corner.
///
/// Its colours are those of `DrawingStyle`, which a page includes once and a file of its own brings.
package struct Drawing: Sendable {
  package let width: Double
  package let height: Double
  /// The description that a screen reader reads.
  package let title: String
  /// Whether it fills the width of its place.
  private let fills: Bool
  private let content: [Markup]

  init(
    width: Double, height: Double, title: String, fills: Bool = false, _ content: [Markup]
  ) {
    self.fills = fills
    self.width = width
    self.height = height
    self.title = title
    self.content = content
  }

  private var frame: KeyValuePairs<Attribute, String> {
    [
      .class: fills ? "drawing wide" : "drawing", .role: "img", .label: title,
      .viewBox: "0 0 \(width.drawn) \(height.drawn)", .width: width.drawn, .height: height.drawn,
    ]
  }

  /// The drawing inside a page.
  package var markup: Markup { .tag(.svg, frame, content) }

  /// The drawing as a page shows it, in a region that scrolls sideways.
  package var shown: Markup { .exhibit(.drawing(self), .scroll(title, [markup])) }

  /// The drawing as a file of its own.
  package var file: String {
    let attributes =
      [(name: Attribute.namespace, value: "http://www.w3.org/2000/svg")]
      + frame.map { (name: $0.key, value: $0.value) }
    let style = Markup.tag(.style, [:], [.rules(DrawingStyle.ofFile)])
    return Markup.element(.svg, attributes, [style] + content).text
  }
}

extension Markup {
  /// Words in a drawing; `anchor` is `start`, `middle` or `end`.
  static func words(
    _ text: String, x: Double, y: Double, anchor: String = "start", class name: String = ""
  ) -> Markup {
    .tag(
      .text, [.class: "words \(name)", .x: x.drawn, .y: y.drawn, .textAnchor: anchor], text)
  }

  /// Small words in a drawing on a background that hides the lines under them.
  static func grounded(
    _ text: String, x: Double, y: Double, anchor: String, class name: String = ""
  ) -> [Markup] {
    let width = Double(text.displayWidth) * 6 + 4
    let left =
      switch anchor {
      case "start": x - 2
      case "middle": x - width / 2
      default: x - width + 2
      }
    return [
      .tag(
        .rect,
        [
          .class: "ground", .x: left.drawn, .y: (y - 10).drawn, .width: width.drawn, .height: "13",
          .rx: "3",
        ]),
      .words(text, x: x, y: y, anchor: anchor, class: "\(name) small"),
    ]
  }

  /// A straight line in a drawing.
  static func stroke(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), class name: String
  ) -> Markup {
    .tag(
      .line,
      [
        .class: name, .x1: start.x.drawn, .y1: start.y.drawn, .x2: end.x.drawn, .y2: end.y.drawn,
      ])
  }

  /// A rectangle in a drawing, with a tooltip.
  static func box(
    x: Double, y: Double, width: Double, height: Double, class name: String, opacity: Double = 1,
    tip: String? = nil
  ) -> Markup {
    .tag(
      .rect,
      [
        .class: name, .x: x.drawn, .y: y.drawn, .width: width.drawn, .height: height.drawn,
        .fillOpacity: opacity.drawn,
      ], tip.map { [.tag(.title, [:], $0)] } ?? [])
  }
}
