import Diagnostics
import Files
import Pipelines
import ToyStages

/// The first lines of a text.
struct Head: Stage {
  static let kind = "head"
  static let version = 1
  static let manual = "Keeps the first lines of a text."

  private let from: StageInput
  private let count: Int

  init(from options: inout StageOptions) {
    from = options.input("from", .text, "the text")
    count = options.integer("count", default: 10, in: 1...1_000_000, "how many lines to keep")
  }

  var outputs: [Port] { [Port(.text)] }

  func rows(of port: Port) -> RowSource { .input(from, .choice) }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let text = String(decoding: try work.map(from).contents, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(count)
    try work.commit(lines.map { $0 + "\n" }.joined(), to: outputs[0])
    work.summarise("\(lines.count) lines")
    return .finished
  }
}
