import Diagnostics
import Glibc
import Synchronization

extension ArtifactStore {
  /// Maps an object after making sure that its bytes are the ones it is named by.
  package func open(_ digest: Digest) throws(Diagnostic) -> MappedFile {
    try MappedFile(intactPath(digest))
  }

  /// Opens an object for reading in pieces; see `open`.
  package func openInput(_ digest: Digest) throws(Diagnostic) -> InputFile {
    let file = try OpenFile(intactPath(digest), for: .readOwn)
    return try InputFile(file, name: "artifact \(digest.short)", unpacking: false)
  }

  /// Whether the object is there with the bytes it is named by; one that is not is set aside.
  ///
  /// The bytes are hashed on first use, then the file's status tells whether they changed.
  package func isIntact(_ digest: Digest) -> Bool { (try? verify(digest)) ?? false }

  private func intactPath(_ digest: Digest) throws(Diagnostic) -> String {
    guard try verify(digest) else { throw Diagnostic(.missingObject(digest)) }
    return objectPath(digest)
  }

  private func verify(_ digest: Digest) throws(Diagnostic) -> Bool {
    let path = objectPath(digest)
    guard let status = FileStatus(ofPath: path) else { return false }
    if intactObjects.withLock({ $0[digest] }) == status { return true }
    if statCache.digest(of: status) == digest { return true }
    return try rehash(digest, status)
  }

  /// Reads the object's bytes, whatever is known of them.
  func rehash(_ digest: Digest, _ status: FileStatus) throws(Diagnostic) -> Bool {
    let path = objectPath(digest)
    let file = try OpenFile(path, for: .readOwn)
    guard try FileDigest.digest(of: file, name: "artifact \(digest.short)").digest == digest else {
      quarantine(path, .damagedObject(digest))
      unmarkEvicted(digest)
      return false
    }
    statCache.remember(digest, of: status)
    intactObjects.withLock { $0[digest] = status }
    return true
  }

  /// The digest of a file outside the store; read only if it is not known or may have changed.
  package func digestOfFile(_ path: String) throws(Diagnostic) -> Digest {
    let file = try OpenFile(path, for: .read)
    let status = try file.status().status
    if let known = statCache.digest(of: status) { return known }
    let digest = try FileDigest.digest(of: file, name: path).digest
    statCache.remember(digest, of: status)
    return digest
  }

  /// The size of an object; nil when it is not there.
  package func byteCount(of digest: Digest) -> Int? {
    FileStatus(ofPath: objectPath(digest))?.byteCount
  }

  /// The digests of all objects, in order.
  package func objectDigests() -> [Digest] { digests(in: "objects") }

  /// Moves a damaged file out of the way, so that it is made anew.
  func quarantine(_ path: String, _ message: Diagnostic.Message) {
    notice(message)
    let name = path.split(separator: "/").suffix(3).joined(separator: "-")
    guard let folder = try? folder("corrupt"), (try? beforeStep(.rename)) != nil else { return }
    _ = unsafe rename(path, "\(folder)/\(name)")
  }
}

extension Diagnostic.Message {
  static func missingObject(_ digest: Digest) -> Self {
    Self(
      "the artifact \(digest.short) is not in the store",
      remedy: "run the pipeline again; it makes what is missing")
  }

  static func damagedObject(_ digest: Digest) -> Self {
    Self(
      "the artifact \(digest.short) was damaged on the disk and set aside",
      remedy: "nothing: the stage that made it runs again")
  }
}
