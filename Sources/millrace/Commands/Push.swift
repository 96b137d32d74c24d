import Artifacts
import Diagnostics
import Digests
import Pipelines

/// `push`: copies results into another store.
struct Push: Command {
  static let name = "push"
  static let summary = "copy results into another store, such as one that a group shares"
  static let usage = "FOLDER [FILE [STAGE…] | PIN]"
  static let places = WordPlaces([.file], [.file, .pin], rest: [.stage])
  static let example = "millrace push /srv/results pipelines/classify-bios.toml"
  static let details = """
    Without FILE or PIN all results are copied. What is there is not copied again, so a push that was
    stopped goes on where it was. A record comes after its artifacts. With $MILLRACE_TRUST_KEY set,
    records are sealed: others who have the key know them as made by one of them.
    """
  static let options: [CommandOption] = [.set, .store, .json]

  private let arguments: ParsedArguments
  private let words: [String]

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...Int.max)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = ArtifactStore.chosen(by: arguments, words: Array(words.dropFirst()))
    guard try store.exists else { throw Diagnostic(.noStore(store.root, arguments)) }
    let target = WorkExchange.otherStore(words[0])
    var exchange = try WorkExchange(from: store, to: target, isOwn: true)
    let code = try exchange.copy(try keys(in: store), until: interruption)
    exchange.show(isJSON: arguments.has(.json))
    return code
  }

  private func keys(in store: ArtifactStore) throws(Diagnostic) -> [Digest] {
    guard words.count > 1 else { return try store.recordKeys() }
    if DefinitionFile.isNamed(by: words[1]) {
      let plan = try DefinitionFile(words[1], arguments).plan
      let wanted = try plan.cone(of: Array(words.dropFirst(2)))
      return try Assessment(of: plan, in: store, only: wanted).stages.compactMap { $0.record?.key }
    }
    guard words.count == 2, let pin = try Pin(named: words[1], in: store) else {
      throw Diagnostic(.nothingToExchange(words[1]))
    }
    return pin.keys
  }
}
