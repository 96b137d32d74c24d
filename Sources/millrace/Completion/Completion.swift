import Diagnostics
import Pipelines
import Stages

/// What may stand in the place of the last word of a command line.
struct Completion {
  /// Names, and what each means.
  private(set) var candidates: [(name: String, meaning: String)] = []
  /// Whether a file may stand there.
  private(set) var wantsFiles = false

  /// - Parameter typed: the words behind the program's name; the last one, perhaps empty, is not
  ///   finished.
  init(of typed: [String]) {
    let words = Self.joined(typed)
    let partial = words.last ?? ""
    let before = words.dropLast()
    guard let verb = before.first, let command = CommandList.all.first(where: { $0.name == verb })
    else {
      add(CommandList.all.map { ($0.name, $0.summary) }, partial)
      return
    }
    let (given, open) = Self.sorted(before.dropFirst(), of: command)
    if let option = open {
      addValues(of: option.value ?? "", partial, file: given.first)
    } else if partial.hasPrefix("-") {
      add(command.options.map { ($0.name, $0.meaning) } + [("--help", "its screen")], partial)
    } else {
      addWords(of: command, given, partial)
    }
  }

  /// Bash takes `=` for a word of its own; `--name=value` becomes `--name value`.
  private static func joined(_ typed: [String]) -> [String] {
    typed.flatMap { word in
      word.hasPrefix("--")
        ? word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
          String.init)
        : word == "=" ? [] : [word]
    } + (typed.last == "=" ? [""] : [])
  }

  /// The plain words, and the option that waits for its value.
  private static func sorted(
    _ words: some Sequence<String>, of command: any Command.Type
  ) -> (words: [String], open: CommandOption?) {
    var plain: [String] = []
    var open: CommandOption?
    for word in words {
      if open != nil {
        open = nil
      } else if let option = command.options.first(where: { $0.name == word || $0.short == word }) {
        open = option.value == nil ? nil : option
      } else {
        plain.append(word)
      }
    }
    return (plain, open)
  }

  private mutating func add(_ all: [(String, String)], _ partial: String) {
    candidates += all.filter { $0.0.hasPrefix(partial) }.map { (name: $0.0, meaning: $0.1) }
  }

  private mutating func addValues(of value: String, _ partial: String, file: String?) {
    switch value {
    case "FILE", "FOLDER": wantsFiles = true
    case "STAGE": addStages(of: file, partial)
    case _ where value.hasPrefix("STAGE.OPTION"): addOptions(of: file, partial)
    case _ where value.contains("|"):
      add(value.split(separator: "|").map { (String($0), "") }, partial)
    default: break
    }
  }

  private mutating func addWords(
    of command: any Command.Type, _ given: [String], _ partial: String
  ) {
    if command.usage.hasPrefix("[KIND]") {
      guard given.isEmpty else { return }
      add(
        StageCatalog.standard.kinds.map { ($0.kind, String($0.manual.prefix { $0 != "\n" })) },
        partial)
    } else if command.usage.contains("|"), !command.usage.contains("STAGE") {
      guard given.isEmpty else { return }
      add(command.usage.split(separator: "|").map { (String($0), "") }, partial)
    } else if given.isEmpty || command.usage.contains("FILE…") {
      wantsFiles = true
    } else if command.usage.contains("STAGE.OPTION") {
      addOptions(of: given.first, partial)
    } else if command.usage.contains("STAGE") {
      addStages(of: given.first, partial)
      if command.usage.contains("STAGE.PORT"), partial.contains(".") {
        addPorts(of: given.first, partial)
      }
    }
  }

  private mutating func addStages(of file: String?, _ partial: String) {
    let stages = Self.plan(of: file)?.stages ?? []
    add(stages.map { ($0.name, $0.kind.kind) }, partial)
  }

  private mutating func addPorts(of file: String?, _ partial: String) {
    let stages = Self.plan(of: file)?.stages ?? []
    add(
      stages.flatMap { stage in stage.outputs.map { ("\(stage.name).\($0.name)", $0.type.name) } },
      partial)
  }

  private mutating func addOptions(of file: String?, _ partial: String) {
    let stages = Self.plan(of: file)?.stages ?? []
    for stage in stages where partial.hasPrefix("\(stage.name).") || !partial.contains(".") {
      let options = StageCatalog.standard.describe(stage.kind)
      add(options.map { ("\(stage.name).\($0.name)=", $0.meaning) }, partial)
    }
  }

  /// The plan of a definition without problems.
  private static func plan(of file: String?) -> Plan? {
    guard let file, let arguments = try? ParsedArguments([], for: Status.self),
      case .plan(let plan) = try? DefinitionFile.read(file, arguments)
    else { return nil }
    return plan
  }
}
