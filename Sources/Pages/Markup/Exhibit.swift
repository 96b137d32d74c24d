/// A figure or a table of a page, which can be a file of its own too.
package enum Exhibit: Sendable {
  case drawing(Drawing)
  case table(PageTable)

  /// What it shows, in a few words.
  var title: String {
    switch self {
    case .drawing(let drawing): drawing.title
    case .table(let table): table.title
    }
  }
}

extension Markup {
  /// The figures and tables within it, in their order.
  var exhibits: [Exhibit] {
    switch self {
    case .text, .rules: []
    case .pieces(let pieces), .element(_, _, let pieces): pieces.flatMap(\.exhibits)
    case .exhibit(let exhibit, _): [exhibit]
    }
  }

  /// The text that a reader sees, without elements.
  ///
  /// - Parameter isExact: whether numbers are given with all their digits, as programs read them.
  func plainText(isExact: Bool) -> String {
    switch self {
    case .text(let text): text
    case .rules: ""
    case .exhibit(_, let shown): shown.plainText(isExact: isExact)
    case .pieces(let pieces): pieces.map { $0.plainText(isExact: isExact) }.joined()
    case .element(.data, let attributes, let content):
      attributes.first { isExact && $0.name == .value }?.value
        ?? Markup.pieces(content).plainText(isExact: isExact)
    case .element(.br, _, _): " "
    case .element(.svg, _, _): ""
    case .element(_, _, let content): Markup.pieces(content).plainText(isExact: isExact)
    }
  }
}
