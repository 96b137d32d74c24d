import Reports

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

    fileprivate var plain: TextTable.Column {
      switch self {
      case .text(let title), .passage(let title): .name(title)
      case .number(let title): .number(title)
      }
    }
  }

  /// The contents of one cell.
  package struct Cell: Sendable {
    fileprivate let content: Markup
    /// The length of the bar before the number, 0 to 1; nil without a bar.
    fileprivate let share: Double?

    package init(_ content: Markup, share: Double? = nil) {
      self.content = content
      self.share = share
    }

    package static func text(_ text: String) -> Cell { Cell(.text(text)) }

    /// A bar as a picture, so that it needs no style of its own.
    fileprivate static func bar(_ share: Double) -> Markup {
      let length = (min(1, max(0, share)) * 100).drawn
      return .tag(
        .svg, [.viewBox: "0 0 100 8", .preserveAspectRatio: "none", .isHidden: "true"],
        [.tag(.path, [.d: "M0 0h\(length)v8H0z"])])
    }
  }

  /// What it shows, in a few words.
  let title: String
  private let columns: [Column]
  private var rows: [(isMarked: Bool, cells: [Cell])] = []

  package init(_ title: String, _ columns: [Column]) {
    self.title = title
    self.columns = columns
  }

  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a row with a cell for each column.
  package mutating func append(_ cells: [Cell], isMarked: Bool = false) {
    precondition(cells.count == columns.count, "\(cells.count) cells for \(columns.count) columns")
    rows.append((isMarked, cells))
  }

  private var hasPassages: Bool { columns.contains { $0.style == "passage" } }

  /// The attributes of a cell; on a phone, short cells show the title of their column.
  private func attributes(of column: Column, hasBar: Bool) -> KeyValuePairs<Attribute, String> {
    let style = column.style + (hasBar ? " bar" : "")
    return hasPassages && column.style != "passage"
      ? [.class: style, .column: column.title] : [.class: style]
  }

  package var markup: Markup {
    let heading = columns.map { column in
      Markup.tag(.headingCell, [.scope: "col", .class: column.style], column.title)
    }
    let body = rows.map { row in
      Markup.tag(
        .row, row.isMarked ? [.class: "marked"] : [:],
        zip(columns, row.cells).map { column, cell in
          .tag(
            .cell, attributes(of: column, hasBar: cell.share != nil),
            [cell.share.map(Cell.bar), cell.content].compactMap(\.self))
        })
    }
    let table = Markup.tag(
      .table, hasPassages ? [.class: "wrapping"] : [:],
      [.tag(.tableHead, [:], [.tag(.row, [:], heading)]), .tag(.tableBody, [:], body)])
    return shown(as: table)
  }

  /// The table as a page shows it, in a region that scrolls sideways.
  func shown(as table: Markup) -> Markup { .exhibit(.table(self), .scroll(title, [table])) }

  /// The table without markup.
  ///
  /// - Parameter isExact: whether numbers are given with all their digits.
  func plain(isExact: Bool) -> TextTable {
    var plain = TextTable(columns.map(\.plain))
    for row in rows { plain.append(row.cells.map { $0.content.plainText(isExact: isExact) }) }
    return plain
  }
}
