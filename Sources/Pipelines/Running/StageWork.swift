import Artifacts
import Diagnostics
import Digests
import Files
import Formats
import Synchronization

/// What a stage uses while it runs: its inputs, its outputs, and messages to people.
package final class StageWork: Sendable {
  package let store: ArtifactStore
  /// A folder of the stage's own that outlives a kill, for checkpoints.
  package let folder: String
  /// The outputs of the same key with a smaller extent, by port; nil when there is none.
  package let earlier: EarlierWork?
  /// Whether what earlier runs made of the same rows may be used.
  let usesEarlierPieces: Bool
  private let order: StageOrder
  private let interruption: Interruption
  private let observer: any RunObserver
  private let result = Mutex(Produced())

  /// What has been produced so far.
  struct Produced {
    var outputs: [RecordedOutput] = []
    var facts: [JSONValue.Member] = []
    /// What the stage has warned of that is so whenever it is run.
    var warnings: [Diagnostic.Message] = []
    /// The pieces that outputs were made of, for later runs.
    var pieces: [PieceMemory] = []
    /// The rows of tables that were read, and those of them that were computed.
    var rows = (read: 0, computed: 0)
    /// An artifact that the stage wanted and that was not there.
    var missing: Digest?
  }

  init(
    order: StageOrder, store: ArtifactStore, folder: String, earlier: EarlierWork?,
    usesEarlierPieces: Bool = true, interruption: Interruption, observer: any RunObserver
  ) {
    self.usesEarlierPieces = usesEarlierPieces
    self.order = order
    self.store = store
    self.folder = folder
    self.earlier = earlier
    self.interruption = interruption
    self.observer = observer
  }

  /// How many cores the stage may use; what it writes must not depend on it.
  package var cores: Int { order.cores }

  /// Whether the stage should stop at the next safe point.
  package var shouldStop: Bool { interruption.isRequested }

  package func digest(of input: StageInput) -> Digest {
    guard let digest = order.digests[input.source] else {
      preconditionFailure("\(stage) reads \(input.source), which it did not declare")
    }
    return digest
  }

  /// Every input the stage declared.
  package var inputs: [StageInput] { order.stage.inputs }

  /// The lines of its key.
  var keyLines: [StageKey.Line] { order.key.lines }

  /// The inputs whose rows are in its outputs.
  var rowInputs: [StageInput] { order.stage.stage.rowInputs }

  /// A file the stage declared, by its line in the key.
  package func file(named name: String) -> ExternalFile? {
    for line in order.stage.keyLines where line.name == name {
      if case .file(let path) = line.content { return ExternalFile(name: name, path: path) }
    }
    return nil
  }

  /// Whether another stage of the definition reads what a port gives.
  package func isRead(_ port: Port) -> Bool { order.readPorts.contains(port.name) }

  /// Checks that a file still has the bytes its key was computed from.
  ///
  /// - Throws: a diagnostic that names the file, when it changed while it was read.
  package func checkUnchanged(_ file: ExternalFile) throws(Diagnostic) {
    let known = order.key[file.name]
    guard StageKey.value(of: try store.digestOfFile(file.path)) == known else {
      throw Diagnostic(.changedWhileRead(file.path))
    }
  }

  /// Checks that a file, or each of a folder, still has the bytes its key was computed from.
  ///
  /// - Throws: a diagnostic that names the file or folder, when it changed while it was read.
  package func checkUnchanged(_ files: ExternalFiles) throws(Diagnostic) {
    switch files {
    case .file(let file): try checkUnchanged(file)
    case .folder(let name, let folder):
      var digests: [Digest] = []
      for path in folder.paths { digests.append(try store.digestOfFile(path)) }
      guard StageKey.value(of: folder.digest(digests)) == order.key[name] else {
        throw Diagnostic(.changedWhileRead(folder.folder))
      }
    }
  }

  /// The bytes of a file the stage declared.
  ///
  /// - Throws: when it cannot be read, has more than 256 MiB, or changed while it was read.
  package func contents(of file: ExternalFile) throws(Diagnostic) -> [UInt8] {
    let bytes = try InputFile.contents(of: file.path, atMost: 256 << 20)
    try checkUnchanged(file)
    return bytes
  }

  /// Maps an input into memory.
  package func map(_ input: StageInput) throws(Diagnostic) -> MappedFile {
    try store.open(digest(of: input))
  }

  /// Maps an artifact from the lineage of an input.
  ///
  /// - Throws: when it is not there; it is then made again, and the stage is started again.
  package func map(_ digest: Digest) throws(Diagnostic) -> MappedFile {
    if try !store.isIntact(digest) { result.withLock { $0.missing = digest } }
    return try store.open(digest)
  }

  /// Opens an input to be read from its start to its end.
  package func stream(_ input: StageInput) throws(Diagnostic) -> InputFile {
    try store.openInput(digest(of: input))
  }

  /// The lineage of an input: the stages before it, with their options.
  package func lineage(of input: StageInput) -> Lineage? { order.lineages[input.source] }

  /// Stores a finished draft as the output of a port.
  package func commit(_ draft: consuming ArtifactDraft, to port: Port) throws(Diagnostic) {
    let object = try draft.commit()
    let output = RecordedOutput(
      port: port.name, type: port.type.name, digest: object.digest, byteCount: object.byteCount)
    result.withLock { $0.outputs.append(output) }
  }

  /// Stores bytes as the output of a port.
  package func commit(_ bytes: [UInt8], to port: Port) throws(Diagnostic) {
    var draft = try store.makeDraft()
    try draft.write(bytes)
    try commit(draft, to: port)
  }

  /// Stores a text as the output of a port.
  package func commit(_ text: String, to port: Port) throws(Diagnostic) {
    try commit(Array(text.utf8), to: port)
  }

  /// What the stage has stored so far.
  package var committed: [RecordedOutput] { result.withLock { $0.outputs } }

  /// Records a fact about the result, which is part of no key.
  package func note(_ name: String, _ value: JSONValue) {
    result.withLock { $0.facts.append(.init(name, value)) }
  }

  /// Remembers pieces for later runs, once the stage is done.
  package func keep(_ pieces: PieceMemory) { result.withLock { $0.pieces.append(pieces) } }

  /// Counts rows that were read, and those of them whose result was not known from an earlier run.
  package func count(rows: Int, computed: Int) {
    result.withLock { result in
      result.rows.read += rows
      result.rows.computed += computed
    }
  }

  /// Sets the few words shown after the stage's name in a run: `6,000 rows`.
  package func summarise(_ text: String) { note("summary", .string(text)) }

  package func progress(_ progress: StageProgress) {
    observer.observe(.progressed(stage: stage, progress))
  }

  package func say(_ text: String) { observer.observe(.said(stage: stage, text)) }

  /// Warns of something that is not an error; the stage goes on.
  ///
  /// - Parameter isLasting: whether it is so whenever the stage is run, so that the record keeps it;
  ///   false of what only this machine lacks.
  package func warn(
    _ message: Diagnostic.Message, at place: Place? = nil, isLasting: Bool = true
  ) {
    if isLasting { result.withLock { $0.warnings.append(message) } }
    observer.observe(.noticed(Diagnostic(message, at: place, severity: .warning)))
  }

  /// The stage's name in the definition.
  package var stage: String { order.stage.name }

  var produced: Produced { result.withLock { $0 } }
}

extension Diagnostic.Message {
  fileprivate static func changedWhileRead(_ path: String) -> Self {
    Self("'\(path)' changed while it was read", remedy: "run again when nothing writes to it")
  }
}
