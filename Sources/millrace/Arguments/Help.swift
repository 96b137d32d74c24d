import Diagnostics
import Pipelines
import Reports

/// The screens of `--help`.
struct Help {
  let terminal: Terminal

  func showOverview(of commands: [any Command.Type]) {
    let width = commands.map { $0.name.count }.max() ?? 0
    terminal.line("millrace \(Program.version): ", Self.purpose)
    terminal.line("\nusage: millrace COMMAND FILE …\n")
    for command in commands {
      terminal.line("  \(command.name.padded(to: width))  ", command.summary)
    }
    terminal.line("\nexample: millrace run pipelines/classify-bios.toml")
    terminal.paragraphs(Self.more)
  }

  private static let purpose = "runs a text-learning pipeline, and only what is stale of it"
  private static let more =
    "`millrace COMMAND --help` says more about a command, `millrace stages KIND` about a stage kind."

  func show(_ command: any Command.Type) {
    let labels = command.options.map {
      [$0.short.map { "\($0)," }, $0.name, $0.value].compactMap(\.self).joined(separator: " ")
    }
    let width = labels.map(\.count).max() ?? 0
    let usage = ["millrace", command.name, command.usage].filter { !$0.isEmpty }
    terminal.line("millrace \(command.name): ", command.summary)
    terminal.line()
    terminal.line("usage: ", usage.joined(separator: " "))
    terminal.line()
    for (label, option) in zip(labels, command.options) {
      terminal.line("  \(label.padded(to: width))  ", option.meaning)
    }
    terminal.line("  \("--help".padded(to: width))  this screen\n")
    if !command.details.isEmpty { terminal.paragraphs(command.details + "\n") }
    terminal.line("example: ", command.example)
  }
}

extension Diagnostic.Message {
  static func unknownCommand(_ name: String, among names: [String]) -> Self {
    Self(
      "there is no command '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "`millrace --help` lists the commands")
  }
}
