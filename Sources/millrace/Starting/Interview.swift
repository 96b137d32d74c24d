import Diagnostics
import Glibc
import Pipelines
import Reports
import Starters
import Text

/// The questions that `init` asks about the columns of a file.
struct Interview {
  static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && Terminal.output.isInteractive }

  private let sample: TableSample

  init(_ sample: TableSample) { self.sample = sample }

  /// Shows the columns and asks; nil when the person ends the input.
  func roles(proposing guess: ColumnRoles?) -> ColumnRoles? {
    for line in table.lines(width: Terminal.output.width) { Terminal.output.line(line) }
    Terminal.output.line()
    let isPair = if case .translation = guess { true } else { false }
    let question = Question(
      "Is it (1) text with labels or (2) sentences with translations?",
      proposal: guess == nil ? nil : isPair ? "2" : "1")
    guard let kind = question.ask({ ["1", "2"].contains($0) ? $0 : nil }) else { return nil }
    if kind == "1" {
      var proposal: (NameOrNumber?, NameOrNumber?) = (nil, nil)
      if case .classification(let text, let label) = guess { proposal = (text.first, label) }
      return pair("the text", "the label", proposal).map {
        .classification(text: [$0.0], label: $0.1)
      }
    }
    var proposal: (NameOrNumber?, NameOrNumber?) = (nil, nil)
    if case .translation(let source, let target) = guess { proposal = (source, target) }
    return pair("the source", "the target", proposal).map {
      .translation(source: $0.0, target: $0.1)
    }
  }

  private func pair(
    _ first: String, _ second: String, _ proposal: (NameOrNumber?, NameOrNumber?)
  ) -> (NameOrNumber, NameOrNumber)? {
    guard let one = column(first, proposal.0, but: nil),
      let other = column(second, proposal.1, but: one)
    else { return nil }
    return (one, other)
  }

  private func column(
    _ role: String, _ proposal: NameOrNumber?, but taken: NameOrNumber?
  ) -> NameOrNumber? {
    let name: String? =
      switch proposal {
      case .name(let name)?: name
      case .number(let number)?: "\(number)"
      case nil: nil
      }
    return Question("Which column is \(role)?", proposal: name).ask { word in
      let column = try? sample.column(word)
      return column == taken ? nil : column
    }
  }

  /// The columns with the first value of each.
  private var table: TextTable {
    var table = TextTable([
      .number("column"), .name("name"),
      .number("different in \(Spelling.count(sample.columns.first?.values.count ?? 0)) rows"),
      .text("for example"),
    ])
    for column in sample.columns {
      table.append([
        "\(column.number)", column.name ?? "", Spelling.count(Set(column.values).count),
        column.values.first ?? "",
      ])
    }
    return table
  }
}
