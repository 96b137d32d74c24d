import Diagnostics
import Reports
import Training

extension HistoryView {
  /// One column of the table of epochs.
  private struct EpochColumn {
    let column: TextTable.Column
    /// Columns with the largest rank are left out first where the table is too wide.
    let rank: Int
    let cell: (Int) -> String
  }

  /// A line for each epoch, with as many columns as the width allows.
  func table(width: Int) -> [String] {
    var columns = columns
    while true {
      let table = table(of: columns)
      let last = columns.map(\.rank).max() ?? 0
      if last == 0 || table.fits(width: width) { return table.lines(width: width) }
      columns.removeAll { $0.rank == last }
    }
  }

  var tables: [ShownTable] { [ShownTable("epochs", table(of: columns))] }

  private func table(of columns: [EpochColumn]) -> TextTable {
    var table = TextTable(columns.map(\.column))
    for index in history.epochs.indices { table.append(columns.map { $0.cell(index) }) }
    return table
  }

  private var columns: [EpochColumn] {
    let epochs = history.epochs
    return [
      EpochColumn(column: .number("epoch"), rank: 0) { Spelling.count(epochs[$0].epoch) },
      EpochColumn(column: .number("loss\(lossRemark)"), rank: 0) {
        Spelling.score(epochs[$0].loss, of: "loss")
      },
    ] + scoreColumns + [
      EpochColumn(column: .number("rate"), rank: 2) { Spelling.measure(epochs[$0].rate) },
      EpochColumn(column: .number("gradient"), rank: 4) {
        Spelling.measure(epochs[$0].gradientNorm)
      },
      EpochColumn(column: .number("tokens"), rank: 6) { Spelling.count(epochs[$0].tokens) },
      EpochColumn(column: .number("tokens/s"), rank: 5) {
        figure(ofEpoch: $0, in: speeds).map { Spelling.count(Int(clamping: $0.rounded())) } ?? ""
      },
      EpochColumn(column: .number("time"), rank: 3) {
        figure(ofEpoch: $0, in: seconds).map { Spelling.duration($0) } ?? ""
      },
      EpochColumn(column: .name(), rank: 0) { mark(ofEpoch: $0) },
    ]
  }

  /// The validation loss, the score that is watched, then the others.
  private var scoreColumns: [EpochColumn] {
    let epochs = history.epochs
    var names = Set(epochs.flatMap(\.scores.keys))
    if epochs.allSatisfy({ $0.scores["log-loss"] == $0.scores["loss"] }) {
      names.remove("log-loss")
    }
    let leading = ["loss", monitor.score].filter { names.remove($0) != nil }
    let ranked =
      leading.map { (name: $0, rank: 1) }
      + names.sorted().enumerated().map { (name: $0.element, rank: 7 + $0.offset) }
    return ranked.map { name, rank in
      let remark = name == "loss" ? lossRemark : ""
      return EpochColumn(column: .number("valid \(name)\(remark)"), rank: rank) { index in
        epochs[index].scores[name].map { Spelling.score($0, of: name) } ?? ""
      }
    }
  }
}
