import Artifacts
import Diagnostics
import Pipelines

/// `pull`: copies results from another store.
struct Pull: Command {
  static let name = "pull"
  static let summary = "copy results from another store"
  static let usage = "FOLDER [FILE [STAGE…] | PIN]"
  static let places = WordPlaces([.file], [.file, .pin], rest: [.stage])
  static let example = "millrace pull /srv/results pipelines/classify-bios.toml"
  static let details = """
    Without FILE or PIN all results are copied. FOLDER is only read. Every artifact is checked by its
    digest on the way. With $MILLRACE_TRUST_KEY set, a record of another user is used only if it was
    sealed with the same key. `run --cache FOLDER` copies what it needs by itself.
    """
  static let options: [CommandOption] = [.set, .store, .json]

  private let arguments: ParsedArguments
  private let words: [String]

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...Int.max)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let source = WorkExchange.otherStore(words[0])
    guard try source.exists else { throw Diagnostic(.noStore(source.root)) }
    let store = ArtifactStore.chosen(
      by: arguments, words: Array(words.dropFirst()), cache: source)
    var exchange = try WorkExchange(from: source, to: store, isOwn: false)
    let code = try copy(by: &exchange, until: interruption)
    exchange.show(isJSON: arguments.has(.json))
    return code
  }

  private func copy(
    by exchange: inout WorkExchange, until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode {
    guard words.count > 1 else {
      return try exchange.copy(exchange.source.recordKeys(), until: interruption)
    }
    if DefinitionFile.isNamed(by: words[1]) {
      let plan = try DefinitionFile(words[1], arguments).plan
      let wanted = try plan.cone(of: Array(words.dropFirst(2)))
      return try exchange.copy(stagesOf: plan, wanted, until: interruption)
    }
    guard words.count == 2, let pin = try Pin(named: words[1], in: exchange.source) else {
      throw Diagnostic(.nothingToExchange(words[1]))
    }
    return try exchange.copy(pin.keys, until: interruption)
  }
}
