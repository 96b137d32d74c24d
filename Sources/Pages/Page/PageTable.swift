/// A table of a page.
package struct PageTable: Sendable {
  /// A column: its title, and how its cells are aligned.
  package enum Column: Sendable {
    case text(String)
    case number(String)
    /// Long texts, which get lines of their own on a phone.
    case passage(String)

    fileprivate var title: String {
      switch self {
      case .text(let title), .number(let title), .passage(let title): title
      }
    }

    fileprivate var style: String {
      switch self {
      case .text: "text"
      case .number: "number"
      case .passage: "passage"
      }
    }
  }

  /// The contents of one cell.
  package struct Cell: Sendable {
    fileprivate let content: Markup
    /// The length of the bar in the background, 0 to 1; nil without a bar.
    fileprivate let share: Double?

    package init(_ content: Markup, share: Double? = nil) {
      self.content = content
      self.share = share
    }

    package static func text(_ text: String) -> Cell { Cell(.text(text)) }
  }

  private let columns: [Column]
  private var rows: [(style: String, cells: [Cell])] = []

  package init(_ columns: [Column]) { self.columns = columns }

  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a row with a cell for each column.
  package mutating func append(_ cells: [Cell], isMarked: Bool = false) {
    precondition(cells.count == columns.count, "\(cells.count) cells for \(columns.count) columns")
    rows.append((isMarked ? "marked" : "", cells))
  }

  private var hasPassages: Bool { columns.contains { $0.style == "passage" } }

  /// The attributes of a cell; on a phone, short cells show the title of their column.
  private func attributes(of column: Column) -> KeyValuePairs<Attribute, String> {
    hasPassages && column.style != "passage"
      ? [.class: column.style, .column: column.title] : [.class: column.style]
  }

  package var markup: Markup {
    let heading = columns.map { column in
      Markup.tag(.headingCell, [.scope: "col", .class: column.style], column.title)
    }
    let body = rows.map { row in
      Markup.tag(
        .row, row.style.isEmpty ? [:] : [.class: row.style],
        zip(columns, row.cells).map { column, cell in
          cell.share.map { share in
            .tag(
              .cell,
              [.class: "\(column.style) bar", .style: "--share:\((share * 100).drawn)%"],
              [cell.content])
          } ?? .tag(.cell, attributes(of: column), [cell.content])
        })
    }
    return .tag(
      .div, [.class: "scroll"],
      [
        .tag(
          .table, hasPassages ? [.class: "wrapping"] : [:],
          [
            .tag(.tableHead, [:], [.tag(.row, [:], heading)]), .tag(.tableBody, [:], body),
          ])
      ])
  }
}
