import Diagnostics
import Glibc
import Synchronization

/// A file written for a person to a path of their choice.
///
/// A regular file is written beside its place and renamed into it when committed; dropping the value
/// leaves what was there before. Until then it has no name, where the file system can do that, so that
/// a program that is killed leaves nothing. Links are followed. A device, a pipe, or the program's own standard
/// output is written into directly.
package struct OutputFile: ~Copyable, ByteSink {
  private static let bufferSize = 1 << 18
  /// How many files of our own are being written.
  private static let ownCount = Atomic(0)

  /// Whether a file of our own, such as a checkpoint, is being written.
  package static var isWritingOwn: Bool { ownCount.load(ordering: .relaxed) > 0 }

  private let path: String
  private let isOurs: Bool
  private let files: any FileSystem
  private let file: OpenFile
  /// The path that the file is renamed to when committed; nil when bytes are written directly.
  private let place: String?
  private var buffer: [UInt8] = []
  package private(set) var byteCount = 0
  /// Whether the path leads to this program's own standard output.
  package let isStandardOutput: Bool

  /// Starts a new content for the path, whose folder must exist.
  ///
  /// - Parameter isOurs: whether the file is one of our own: nothing but a regular file belongs in its
  ///   place, so that a link there is replaced, not followed.
  package init(
    _ path: String, isOurs: Bool = false, in files: any FileSystem = SystemFiles()
  ) throws(Diagnostic) {
    self.path = path
    self.isOurs = isOurs
    self.files = files
    switch isOurs ? .file(path) : try OutputPlace(path) {
    case .standardOutput:
      file = try OpenFile(duplicating: STDOUT_FILENO, path)
      (place, isStandardOutput) = (nil, true)
    case .stream:
      file = try OpenFile(path, for: .writeStream, in: files)
      (place, isStandardOutput) = (nil, false)
    case .file(let path):
      file = try Self.draft(beside: path, hasName: isOurs, in: files)
      (place, isStandardOutput) = (path, false)
    }
    if isOurs { Self.ownCount.wrappingAdd(1, ordering: .relaxed) }
  }

  /// Writes a file and puts it in its place.
  package static func write(
    _ path: String, isOurs: Bool = false, in files: any FileSystem = SystemFiles(),
    _ body: (inout OutputFile) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var file = try OutputFile(path, isOurs: isOurs, in: files)
    try body(&file)
    try file.commit()
  }

  /// A new file beside a path, without a name or under one that no other file has.
  private static func draft(
    beside place: String, hasName: Bool, in files: any FileSystem
  ) throws(Diagnostic) -> OpenFile {
    if !hasName, let file = OpenFile(namelessBeside: place, in: files) { return file }
    for name in names(beside: place) {
      if let file = try OpenFile(creating: name, shownAs: place, in: files) { return file }
    }
    throw Diagnostic(.cannot("make a file beside", place, code: EEXIST))
  }

  /// Gives a nameless file a name beside its place that no other file has.
  private func nameDraft(beside place: String) throws(Diagnostic) -> String {
    for name in Self.names(beside: place) where try file.name(name) { return name }
    throw Diagnostic(.cannot("make a file beside", place, code: EEXIST))
  }

  private static func names(beside place: String) -> some Sequence<String> {
    (1...1_000).lazy.map { "\(place).\(getpid())\($0 == 1 ? "" : "-\($0)").new" }
  }

  deinit {
    if isOurs { Self.ownCount.wrappingSubtract(1, ordering: .relaxed) }
    if place != nil, file.isStillInPlace { _ = files.remove(file.path) }
  }

  package mutating func write(_ bytes: Span<UInt8>) throws(Diagnostic) {
    byteCount += bytes.count
    if buffer.count + bytes.count > Self.bufferSize { try flush() }
    if bytes.count > Self.bufferSize {
      try file.write(bytes)
    } else {
      unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
    }
  }

  private mutating func flush() throws(Diagnostic) {
    try file.write(buffer.span)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left, and renames a regular file into its place.
  ///
  /// - Parameter durable: whether to wait until the bytes are on the disk, so that not even a power
  ///   cut can leave half a file.
  package consuming func commit(durable: Bool = false) throws(Diagnostic) {
    try flush()
    guard let place else { return }
    if durable { try file.synchronize() }
    let isNameless = file.isNameless
    let draft = isNameless ? try nameDraft(beside: place) : file.path
    guard files.rename(draft, to: place) else {
      let reason = errno
      if isNameless { _ = files.remove(draft) }
      throw Diagnostic(.cannot("make", path, code: reason))
    }
  }
}
