import Diagnostics
import Formats
import Reports
import Stages

/// The confusion matrix, and examples of the rows in its cells.
struct ConfusionFigures {
  private struct Cell {
    let truth: Int
    let predicted: Int
    let count: Int
    let rows: [ScoredRows.Row]
  }

  /// Rows shown of each cell.
  private static let mostRows = 4
  /// Cells whose rows are shown, the largest first.
  private static let mostCells = 48
  /// Cells that are listed; the rest of those shown are behind one heading.
  private static let mostListed = 12

  /// The most classes of a matrix whose cells are large on paper.
  private static let mostOfLargeCells = 16

  private let names: [String]
  /// Every cell that is not empty, by rows.
  private let cells: [Cell]
  /// How many rows are truly of each class.
  private let support: [Int]
  /// The start of the anchors of this matrix.
  private let prefix: String

  init(_ scores: JSONValue, _ rows: [ScoredRows.Row], prefix: String) {
    self.prefix = prefix
    let names = (scores["classes"]?.arrayValue ?? []).map { $0["class"]?.stringValue ?? "?" }
    self.names = names
    let counts = (scores["confusion"]?.arrayValue ?? []).map { row in
      (row.arrayValue ?? []).map { min(max(0, $0.intValue ?? 0), 1 << 40) }
    }
    support = counts.map { $0.reduce(0, +) }
    let byCell = Dictionary(grouping: rows) { [$0.said.label, $0.said.predicted] }
    cells = counts.indices.flatMap { truth in
      counts[truth].indices.compactMap { predicted in
        guard counts[truth][predicted] > 0, truth < names.count, predicted < names.count else {
          return nil
        }
        let behind = byCell[[names[truth], names[predicted]]] ?? []
        // The surest mistakes and the least sure hits are the most informative.
        let order = behind.sorted {
          truth == predicted
            ? ($0.said.probability, $0.line) < ($1.said.probability, $1.line)
            : ($1.said.probability, $0.line) < ($0.said.probability, $1.line)
        }
        return Cell(
          truth: truth, predicted: predicted, count: counts[truth][predicted],
          rows: Array(order.prefix(Self.mostRows)))
      }
    }
  }

  var classCount: Int { names.count }

  /// The cells whose rows are shown.
  private var shown: [Cell] {
    let withRows = cells.filter { !$0.rows.isEmpty }
    let mistakes = withRows.filter { $0.truth != $0.predicted }
      .sorted { ($1.count, $0.truth, $0.predicted) < ($0.count, $1.truth, $1.predicted) }
    return Array((mistakes + withRows.filter { $0.truth == $0.predicted }).prefix(Self.mostCells))
  }

  private func anchor(_ cell: Cell) -> String {
    "\(prefix)-\(cell.truth + 1)-\(cell.predicted + 1)"
  }

  /// The matrix as a table, whose shades are shares of the true classes.
  var matrix: Markup {
    let linked = Set(shown.map(anchor))
    var byPlace: [Int: Cell] = [:]
    for cell in cells { byPlace[cell.truth * names.count + cell.predicted] = cell }
    let heading =
      [Markup.tag(.cell, [.class: "corner"], "predicted →\ntrue ↓")]
      + names.map { .tag(.headingCell, [.scope: "col"], $0.printable.fitted(to: 24)) }
    let rows = names.indices.map { truth in
      let fields = names.indices.map { predicted in
        field(byPlace[truth * names.count + predicted], linked)
      }
      let name = Markup.tag(.headingCell, [.scope: "row"], names[truth].printable.fitted(to: 32))
      return Markup.tag(.row, [:], [name] + fields)
    }
    let shown = Markup.tag(
      .table, [.class: names.count > Self.mostOfLargeCells ? "matrix many" : "matrix"],
      [.tag(.tableHead, [:], [.tag(.row, [:], heading)]), .tag(.tableBody, [:], rows)])
    return plainMatrix(byPlace).shown(as: shown)
  }

  /// The matrix as other programs read it.
  private func plainMatrix(_ byPlace: [Int: Cell]) -> PageTable {
    var table = PageTable("confusion matrix", [.text("true")] + names.map { .number($0) })
    for truth in names.indices {
      table.append(
        [.text(names[truth])]
          + names.indices.map { predicted in
            PageTable.Cell(.count(byPlace[truth * names.count + predicted]?.count ?? 0))
          })
    }
    return table
  }

  private func field(_ cell: Cell?, _ linked: Set<String>) -> Markup {
    guard let cell else { return .tag(.cell) }
    let share = Double(cell.count) / Double(max(1, support[cell.truth]))
    let shade = min(9, Int(share * 10))
    let anchor = anchor(cell)
    return .tag(
      .cell,
      [
        .class: "\(cell.truth == cell.predicted ? "hit" : "miss") l\(shade)",
        .title: "\(names[cell.truth]) taken for \(names[cell.predicted])",
      ],
      linked.contains(anchor)
        ? [.tag(.a, [.href: "#\(anchor)"], [.count(cell.count)])] : [.count(cell.count)])
  }

  /// The classes that were taken for each other most often.
  var pairs: Markup {
    var table = PageTable(
      "most confused classes",
      [
        .text("true"), .text("taken for"), .number("rows"), .number("of the class"),
      ])
    let mistakes = cells.filter { $0.truth != $0.predicted }
      .sorted { ($1.count, $0.truth, $0.predicted) < ($0.count, $1.truth, $1.predicted) }
    for cell in mistakes.prefix(10) {
      let share = Double(cell.count) / Double(max(1, support[cell.truth]))
      table.append([
        .text(names[cell.truth]), .text(names[cell.predicted]),
        PageTable.Cell(.count(cell.count)),
        PageTable.Cell(.text(Spelling.percent(share)), share: share),
      ])
    }
    return table.isEmpty
      ? .note("Nothing was confused.")
      : .tag(.div, [:], [.heading("Most confused"), table.markup])
  }

  /// The rows behind each cell, to be opened.
  var examples: [Markup] {
    let blocks = shown.map(rows)
    guard !blocks.isEmpty else { return [] }
    let rest = Array(blocks.dropFirst(Self.mostListed))
    return [.tag(.h3, [.class: "folded"], "Rows behind the cells")] + blocks.prefix(Self.mostListed)
      + (rest.isEmpty
        ? [] : [.details(["Rows behind \(Spelling.count(rest.count, "more cell"))"], rest)])
  }

  private func rows(behind cell: Cell) -> Markup {
    let words =
      (cell.truth == cell.predicted
      ? "\(names[cell.truth]), found" : "\(names[cell.truth]) taken for \(names[cell.predicted])")
      .printable
    let rest = cell.count - cell.rows.count
    return .details(
      ["\(words): ", .count(cell.count, "row")],
      [
        .tag(
          .div, [.id: anchor(cell), .class: "example"],
          [ScoredRows.table(words, cell.rows, hasClasses: false)]
            + (rest > 0 ? [.note("and ", .text(Spelling.count(rest)), " more")] : []))
      ])
  }
}
