import Cores
import Diagnostics
import Digests
import Files

/// The digest of a file's bytes, which all cores read and hash a mebibyte at a time.
///
/// Each mebibyte is hashed while it is in a cache of the core that read it.
enum FileDigest {
  /// So many mebibytes are read before it is asked whether the digest is wanted still.
  private static let turn = 32

  /// The digest of a regular file; `name` is what people call it.
  ///
  /// - Parameter isWanted: asked again and again; once it says no, hashing is abandoned.
  /// - Throws: when the file cannot be read, changes meanwhile, or hashing is abandoned.
  static func digest(
    of file: borrowing OpenFile, name: String, whileWanted isWanted: () -> Bool = { true }
  ) throws(Diagnostic) -> StoredObject {
    let before = try file.status().status
    let size = BLAKE3.MebibyteValue.byteCount
    // The last bytes, a mebibyte at most, are hashed otherwise.
    let mebibytes = max(0, before.byteCount - 1) / size
    var hash = BLAKE3()
    for first in stride(from: 0, to: mebibytes, by: turn) {
      guard isWanted() else { throw Diagnostic(.givenUp(name)) }
      let count = min(turn, mebibytes - first)
      let values = try mapConcurrently(count, cores: availableCores()) {
        (index) throws(Diagnostic) in
        let number = first + index
        let bytes = try bytes(of: file, name, at: number * size, count: size)
        return BLAKE3.value(ofMebibyte: number, bytes.span)
      }
      for value in values { hash.append(value) }
    }
    guard isWanted() else { throw Diagnostic(.givenUp(name)) }
    let rest = before.byteCount - mebibytes * size
    hash.update(try bytes(of: file, name, at: mebibytes * size, count: rest))
    // Some files of the kernel say that they are empty and are not.
    guard try file.status().status == before, try !file.hasBytes(from: before.byteCount) else {
      throw Diagnostic(.changedWhileRead(name))
    }
    return StoredObject(digest: hash.finalize(), byteCount: before.byteCount)
  }

  /// The bytes that lie at a place of a file.
  ///
  /// - Throws: when they cannot be read, or are not there any more.
  private static func bytes(
    of file: borrowing OpenFile, _ name: String, at offset: Int, count: Int
  ) throws(Diagnostic) -> [UInt8] {
    guard let bytes = try file.bytes(at: offset, count: count) else {
      throw Diagnostic(.changedWhileRead(name))
    }
    return bytes
  }
}

extension Diagnostic.Message {
  fileprivate static func givenUp(_ name: String) -> Self {
    Self("'\(name)' was not read to its end: the work was stopped", remedy: "run again to go on")
  }
}
