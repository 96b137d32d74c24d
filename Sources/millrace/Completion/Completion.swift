/// The words that may replace the last, unfinished word of a command line.
struct Completion {
  /// A name, and what it means.
  typealias Candidate = (name: String, meaning: String)

  private(set) var candidates: [Candidate] = []
  /// Whether it may be the name of a file.
  private(set) var wantsFiles = false

  /// - Parameter typed: the words after the program's name; the last one is unfinished, or empty.
  init(of typed: [String]) {
    let words = TypedWords.joined(typed)
    let partial = words.last ?? ""
    let before = words.dropLast()
    guard let verb = before.first, let command = CommandList.all.first(where: { $0.name == verb })
    else {
      add(CommandList.all.map { ($0.name, $0.summary) }, partial)
      return
    }
    let given = TypedWords(before.dropFirst(), of: command)
    let names = LiveNames(given)
    if let option = given.open {
      add(option.kind.map { [$0] } ?? [], partial, names)
    } else if partial.hasPrefix("-") {
      add(command.options.map { ($0.name, $0.meaning) } + [("--help", "its screen")], partial)
    } else {
      add(command.places[given.plain.count], partial, names)
    }
  }

  private mutating func add(_ kinds: [WordKind], _ partial: String, _ names: LiveNames) {
    for kind in kinds {
      if case .file = kind { wantsFiles = true }
      add(names.candidates(of: kind, partial), partial)
    }
  }

  private mutating func add(_ all: [Candidate], _ partial: String) {
    for candidate in all where candidate.name.hasPrefix(partial) {
      guard !candidates.contains(where: { $0.name == candidate.name }) else { continue }
      candidates.append(candidate)
    }
  }
}
