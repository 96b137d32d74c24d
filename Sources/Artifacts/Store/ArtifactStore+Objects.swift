import Diagnostics
import Digests
import Files
import Glibc
import Synchronization

extension ArtifactStore {
  /// Maps an object after making sure that its bytes are the ones it is named by.
  package func open(_ digest: Digest) throws(Diagnostic) -> MappedFile {
    try MappedFile(intactPath(digest), in: files)
  }

  /// Opens an object for reading in pieces; see `open`.
  package func openInput(_ digest: Digest) throws(Diagnostic) -> InputFile {
    let file = try OpenFile(intactPath(digest), for: .readOwn, in: files)
    return try InputFile(file, name: "artifact \(digest.short)", unpacking: false)
  }

  /// Whether the object is there with the bytes it is named by.
  ///
  /// The bytes are hashed on first use, then the file's status tells whether they changed. An object
  /// with other bytes is set aside, and is gone from then on.
  ///
  /// - Parameter isWanted: asked while bytes are hashed; once it says no, hashing is abandoned.
  /// - Throws: when the object cannot be read, or one with other bytes cannot be set aside.
  package func isIntact(
    _ digest: Digest, whileWanted isWanted: () -> Bool = { true }
  ) throws(Diagnostic) -> Bool {
    guard let status = try status(of: objectPath(digest)) else { return false }
    if intactObjects.withLock({ $0[digest] }) == status { return true }
    if statCache.digest(of: status) == digest { return true }
    return try rehash(digest, status, whileWanted: isWanted)
  }

  private func intactPath(_ digest: Digest) throws(Diagnostic) -> String {
    guard try isIntact(digest) else { throw Diagnostic(.missingObject(digest)) }
    return objectPath(digest)
  }

  /// Hashes the object's bytes, even if its status says that they have not changed.
  func rehash(
    _ digest: Digest, _ status: FileStatus, whileWanted isWanted: () -> Bool = { true }
  ) throws(Diagnostic) -> Bool {
    let path = objectPath(digest)
    guard let file = try OpenFile(ifThere: path, for: .readOwn, in: files) else { return false }
    let found = try FileDigest.digest(
      of: file, name: "artifact \(digest.short)", whileWanted: isWanted)
    guard found.digest == digest else {
      try quarantine(path, .damagedObject(digest))
      unmarkEvicted(digest)
      return false
    }
    statCache.remember(digest, of: status)
    intactObjects.withLock { $0[digest] = status }
    return true
  }

  /// The digest of a file outside the store; read only if it is not known or may have changed.
  ///
  /// - Parameter isWanted: asked while the file is read; once it says no, that is given up.
  package func digestOfFile(
    _ path: String, whileWanted isWanted: () -> Bool = { true }
  ) throws(Diagnostic) -> Digest {
    let file = try OpenFile(path, for: .read, in: files)
    let status = try file.status().status
    if let known = statCache.digest(of: status) { return known }
    let digest = try FileDigest.digest(of: file, name: path, whileWanted: isWanted).digest
    statCache.remember(digest, of: status)
    return digest
  }

  /// The status of a file outside the store that has a digest, as is known without reading it.
  package func status(ofFile path: String, having digest: Digest) -> FileStatus? {
    status(ofFile: path).flatMap { statCache.digest(of: $0) == digest ? $0 : nil }
  }

  /// The status of a file outside the store; nil when it cannot be opened.
  package func status(ofFile path: String) -> FileStatus? {
    guard let file = try? OpenFile(path, for: .read, in: files) else { return nil }
    return try? file.status().status
  }

  /// The size of an object; nil when it is not there.
  package func byteCount(of digest: Digest) throws(Diagnostic) -> Int? {
    try status(of: objectPath(digest))?.byteCount
  }

  /// The digests of all objects, in order.
  package func objectDigests() throws(Diagnostic) -> [Digest] { try digests(in: "objects") }

  /// Moves a damaged file out of the way, so that it is made anew.
  ///
  /// - Throws: when it stays where it is.
  func quarantine(_ path: String, _ message: Diagnostic.Message) throws(Diagnostic) {
    let name = path.split(separator: "/").suffix(3).joined(separator: "-")
    do throws(Diagnostic) {
      let folder = try folder("corrupt")
      // Another process may have moved it.
      guard files.rename(path, to: "\(folder)/\(name)") || SystemFailure.isAbsence() else {
        throw Diagnostic(.cannot("move", path))
      }
    } catch {
      throw Diagnostic(.cannotSetAside(path, error.message))
    }
    notice(message)
  }
}

extension Diagnostic.Message {
  static func missingObject(_ digest: Digest) -> Self {
    Self(
      "the artifact \(digest.short) is not in the store",
      remedy: "run the pipeline again; it makes what is missing")
  }

  fileprivate static func cannotSetAside(_ path: String, _ reason: Self) -> Self {
    Self(
      "'\(path)' is damaged and cannot be set aside: \(reason.problem)",
      remedy: reason.remedy ?? "remove it, and it is made anew")
  }

  static func damagedObject(_ digest: Digest) -> Self {
    Self(
      "the artifact \(digest.short) was damaged on the disk and set aside",
      remedy: "nothing: the stage that made it runs again")
  }
}
