import Artifacts
import Diagnostics
import Files
import Formats
import Pipelines

extension ArtifactStore {
  private static let (variable, cacheVariable) = ("MILLRACE_STORE", "MILLRACE_CACHE")

  /// Whether variables name a store or a cache for commands that name none.
  static var isNamedByVariables: Bool {
    [variable, cacheVariable].contains { Environment.value($0) != nil }
  }

  /// The store a command uses: `--store`, else `$MILLRACE_STORE`, else `.millrace` in the folder of the
  /// first definition or above it, else in the working folder.
  ///
  /// - Parameters:
  ///   - words: those among which the definition is; all of the command unless given.
  ///   - cache: a store whose results are copied when they are not there.
  static func chosen(
    by arguments: ParsedArguments, words: [String]? = nil, cache: ArtifactStore? = nil
  ) -> ArtifactStore {
    let named = arguments.value(.store) ?? Environment.value(variable)
    let definition = (words ?? arguments.words).first { DefinitionFile.isNamed(by: $0) }
    return inEnvironment(named ?? StoreFolder.of(definition), cache: cache)
  }

  /// The store in a folder, with what variables say of stores.
  static func inEnvironment(_ root: String, cache: ArtifactStore? = nil) -> ArtifactStore {
    ArtifactStore(
      root: root, trust: .ofEnvironment, cache: cache, locks: .ofEnvironment,
      files: SystemFiles.below(root))
  }

  /// The store of a command that makes results, with the cache of `--cache` or `$MILLRACE_CACHE`.
  ///
  /// - Throws: when the option names no store; a variable may name one that is not there now.
  static func cached(chosenBy arguments: ParsedArguments) throws(Diagnostic) -> ArtifactStore {
    guard let folder = arguments.value(.cache) ?? Environment.value(cacheVariable) else {
      return chosen(by: arguments)
    }
    let cache = WorkExchange.otherStore(folder)
    if arguments.value(.cache) != nil, try !cache.exists { throw Diagnostic(.noStore(folder)) }
    let store = chosen(by: arguments, cache: cache)
    return DefinitionRoot.canonical(store.root) == DefinitionRoot.canonical(cache.root)
      ? chosen(by: arguments) : store
  }

  /// The store a command works on, which must be there and readable.
  static func existing(chosenBy arguments: ParsedArguments) throws(Diagnostic) -> ArtifactStore {
    let store = chosen(by: arguments)
    guard try store.exists else { throw Diagnostic(.noStore(store.root, arguments)) }
    return store
  }

  /// The store of a command that only looks: one that is not there is looked at as an empty one, which
  /// is said where it was named.
  static func lookedInto(by arguments: ParsedArguments) throws(Diagnostic) -> ArtifactStore {
    let store = chosen(by: arguments)
    if isNamed(by: arguments), try !store.exists {
      Terminal.errors.tell(Diagnostic(.noStore(store.root, arguments), severity: .warning))
    }
    return store
  }

  /// The store of a command that needs results.
  ///
  /// - Throws: when it was named and is not there.
  static func holdingResults(chosenBy arguments: ParsedArguments) throws(Diagnostic)
    -> ArtifactStore
  {
    try isNamed(by: arguments) ? existing(chosenBy: arguments) : chosen(by: arguments)
  }

  private static func isNamed(by arguments: ParsedArguments) -> Bool {
    arguments.value(.store) != nil || Environment.value(variable) != nil
  }

  fileprivate static func isNamedByVariable(_ arguments: ParsedArguments) -> Bool {
    arguments.value(.store) == nil && Environment.value(variable) != nil
  }

  /// Whether all is sound that says what must stay; what is not, and forbids removing, is told.
  func knowsWhatMustStay() -> Bool {
    let problems = problemsOfKeeping() + problemsOfUse()
    guard !problems.isEmpty else { return true }
    ProblemList(problems).write(to: .errors)
    Terminal.errors.line("nothing is removed while it is not known what must stay")
    return false
  }

  /// Counts that a command has shown test scores that a definition keeps for the end, and says so.
  func countLook(at plan: Plan) throws(Diagnostic) {
    guard plan.definition.showsKeptTest,
      let count = try PreviousKeys.countLook(at: plan, in: self)
    else { return }
    Terminal.errors.line(
      "note: the test scores of this definition have been asked for "
        + Spelling.count(count, "time"))
  }

  /// Prints the notices of the store: problems that do not stop the command.
  func showNotices() {
    for notice in takeNotices() { Terminal.errors.tell(notice) }
  }
}

extension Diagnostic.Message {
  /// - Parameter arguments: those that the store was chosen by.
  static func noStore(_ root: String, _ arguments: ParsedArguments) -> Self {
    let named = ArtifactStore.isNamedByVariable(arguments) ? ", which MILLRACE_STORE names" : ""
    let definition = arguments.words.first { DefinitionFile.isNamed(by: $0) }
    let command = definition.map { arguments.next(RunPipeline.self, $0) } ?? "millrace run FILE"
    return Self(
      "there is no store '\(root)'\(named)",
      remedy: "name one with --store, or let `\(command)` make it")
  }

  static func noStore(_ root: String) -> Self {
    Self("there is no store '\(root)'", remedy: "name the folder of one")
  }
}
