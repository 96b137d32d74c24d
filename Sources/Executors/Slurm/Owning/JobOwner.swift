import Artifacts
import Diagnostics
import Digests
import Files
import Formats
import Pipelines

/// Who wants what jobs make: a process that waits for it, or a detached run.
///
/// It is a text in the store. When it is taken away, nothing is submitted for it any more.
package struct JobOwner: Sendable {
  static let suffix = ".owner"

  /// What it is called among the orders, without the suffix.
  package let name: String
  /// The path of the definition, without links.
  package let definition: String
  /// When it began, in UTC.
  package let since: String
  /// The machine that it began on.
  let host: String
  /// What goes on with a detached run; nil for a process that waits.
  package let command: DetachedCommand?
  /// The names of the arrays whose results it wants.
  package var arrays: Set<String> = []
  /// What became of the stages of a detached run so far, by their keys.
  package var attempts: [Digest: JobAttempt] = [:]

  /// This process, which waits for jobs of a definition.
  ///
  /// - Parameter definition: the path, as it was given.
  init(waitingFor definition: String) {
    let me = "\(Host.name) \(Host.processNumber) \(Clock.nanoseconds())"
    self.init(
      name: BLAKE3.digest(of: me).short, definition: DefinitionRoot.canonical(definition),
      since: Clock.text(), host: Host.name, command: nil)
  }

  /// A detached run of a definition; another one of the same command line takes its place.
  ///
  /// - Parameter definition: the path, as it was given.
  init(detaching command: DetachedCommand, of definition: String) {
    let words = ([command.folder] + command.words).joined(separator: "\0")
    self.init(
      name: BLAKE3.digest(of: words).short, definition: DefinitionRoot.canonical(definition),
      since: Clock.text(), host: Host.name, command: command)
  }

  init(name: String, definition: String, since: String, host: String, command: DetachedCommand?) {
    self.name = name
    self.definition = definition
    self.since = since
    self.host = host
    self.command = command
  }

  /// What a process claims while it waits, so that others see whether it lives.
  var claim: Digest { BLAKE3.digest(of: name + Self.suffix) }

  /// Whether it is a detached run with nothing left but failures.
  var isOver: Bool { command != nil && arrays.isEmpty && !attempts.isEmpty }

  /// Whether it is known to have jobs, or had some when it was written.
  var hasJobs: Bool { !arrays.isEmpty || attempts.values.contains { $0.job != nil } }

  /// Whether it is a detached run that goes on: one with jobs, or that a process may be looking at.
  ///
  /// One whose process died before anything was submitted does not.
  func goesOn(in store: ArtifactStore) -> Bool {
    command != nil && (hasJobs || !isOver && SubmissionTurn.isTaken(in: store))
  }

  /// Whether anybody still wants the results: of a process, whether it lives.
  func isWaiting(in store: ArtifactStore) -> Bool { command != nil || store.isClaimed(claim) }

  /// Every owner of jobs of a store; one that cannot be read counts as none.
  package static func all(in store: ArtifactStore) -> [JobOwner] {
    ((try? store.orderNames()) ?? []).filter { $0.hasSuffix(suffix) }.compactMap {
      JobOwner(named: String($0.dropLast(suffix.count)), in: store)
    }
  }

  /// Whether a definition has a detached run that goes on.
  ///
  /// - Parameter definition: the path, as it was given.
  package static func isDetached(_ definition: String, in store: ArtifactStore) -> Bool {
    let definition = DefinitionRoot.canonical(definition)
    return all(in: store).contains { $0.definition == definition && $0.goesOn(in: store) }
  }

  /// Removes what processes of this machine left that were killed.
  static func removeDead(in store: ArtifactStore) {
    for owner in all(in: store) where owner.host == Host.name && !owner.isWaiting(in: store) {
      owner.remove(from: store)
    }
  }

  /// Whether it was not taken away.
  func isKept(in store: ArtifactStore) -> Bool {
    // A folder that cannot be read takes nothing away.
    do { return try store.order(named: name + Self.suffix) != nil } catch { return true }
  }

  func write(to store: ArtifactStore) throws(Diagnostic) {
    try store.setOrder(named: name + Self.suffix, to: json.pretty + "\n")
  }

  func remove(from store: ArtifactStore) { store.removeOrder(named: name + Self.suffix) }
}

/// The command line of a detached run, and what it is planned from.
package struct DetachedCommand: Hashable, Sendable {
  /// What followed the program's name.
  package let words: [String]
  /// The folder that paths are relative to.
  package let folder: String
  /// The definition's text, so that an edit meanwhile does not matter.
  package let text: String

  package init(words: [String], text: String) throws(Diagnostic) {
    self.init(words: words, folder: try WorkingFolder.path, text: text)
  }

  /// The words that name its stores, after the command's name.
  package var stores: [String] {
    let rest = words.dropFirst()
    let cache = rest.dropFirst(2)
    guard rest.first == "--store" else { return [] }
    return Array(rest.prefix(2) + (cache.first == "--cache" ? cache.prefix(2) : []))
  }

  /// The words after the command's name and the stores.
  package var wordsAfterStores: [String] { Array(words.dropFirst(1 + stores.count)) }

  /// The command line that goes on with it, and takes the place of this one where it is given.
  ///
  /// - Parameters:
  ///   - folder: the one that it is to be given in; in another it begins with `cd`.
  ///   - found: the words of the stores that it would use there if it named none, so that it need not
  ///     name these.
  package func line(in folder: String, where found: [String]) -> String {
    let isThere = folder == self.folder
    let stores = isThere && stores == found ? [] : stores
    let line = ShellWord.line(
      ["millrace"] + words.prefix(1) + stores + wordsAfterStores + ["--detach"])
    return isThere ? line : "\(ShellWord.line(["cd", self.folder])) && \(line)"
  }

  init(words: [String], folder: String, text: String) {
    self.words = words
    self.folder = folder
    self.text = text
  }
}
