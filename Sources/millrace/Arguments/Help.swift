import Diagnostics
import Pipelines
import Reports

/// The screens of `--help`.
enum Help {
  static func overview(_ commands: [any Command.Type]) -> String {
    let width = commands.map { $0.name.count }.max() ?? 0
    let list = commands.map { "  \($0.name.padded(to: width))  \($0.summary)" }
    return """
      millrace \(Program.version): runs a text-learning pipeline, and only what is stale of it

      usage: millrace COMMAND FILE …

      \(list.joined(separator: "\n"))

      example: millrace run pipelines/classify-bios.toml
      `millrace COMMAND --help` says more about a command, `millrace stages KIND` about a stage kind.
      """
  }

  static func screen(for command: any Command.Type) -> String {
    let labels = command.options.map {
      [$0.short.map { "\($0)," }, $0.name, $0.value].compactMap(\.self).joined(separator: " ")
    }
    let width = labels.map(\.count).max() ?? 0
    let options = zip(labels, command.options).map { "  \($0.padded(to: width))  \($1.meaning)" }
    let usage = ["millrace", command.name, command.usage].filter { !$0.isEmpty }
    return """
      millrace \(command.name): \(command.summary)

      usage: \(usage.joined(separator: " "))

      \((options + ["  \("--help".padded(to: width))  this screen"]).joined(separator: "\n"))

      \(command.details.isEmpty ? "" : command.details + "\n\n")example: \(command.example)
      """
  }
}

extension Diagnostic.Message {
  static func unknownCommand(_ name: String, among names: [String]) -> Self {
    Self(
      "there is no command '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "`millrace --help` lists the commands")
  }
}
