import Cores
import Diagnostics
import Digests
import Files

/// The digest of a file's bytes, read in large pieces and hashed on all cores.
enum FileDigest {
  /// The digest of a regular file; `name` is what people call it.
  ///
  /// - Parameter isWanted: asked before each piece; once it says no, hashing is abandoned.
  /// - Throws: when the file cannot be read, changes meanwhile, or hashing is abandoned.
  static func digest(
    of file: borrowing OpenFile, name: String, whileWanted isWanted: () -> Bool = { true }
  ) throws(Diagnostic) -> StoredObject {
    let before = try file.status().status
    var buffer = [UInt8](repeating: 0, count: max(1, min(before.byteCount + 1, 16 << 20)))
    var hash = BLAKE3()
    var total = 0
    var isAtEnd = false
    while !isAtEnd {
      guard isWanted() else { throw Diagnostic(.givenUp(name)) }
      var filled = 0
      while filled < buffer.count, !isAtEnd {
        let count = try file.read(into: &buffer, from: filled)
        filled += count
        isAtEnd = count == 0
      }
      hash.update(buffer.span.extracting(..<filled), cores: availableCores())
      total += filled
      // A file that grows while it is read might never end.
      guard total <= before.byteCount else { break }
    }
    guard try file.status().status == before, total == before.byteCount else {
      throw Diagnostic(.changedWhileRead(name))
    }
    return StoredObject(digest: hash.finalize(), byteCount: total)
  }
}

extension Diagnostic.Message {
  fileprivate static func givenUp(_ name: String) -> Self {
    Self("'\(name)' was not read to its end: the work was stopped", remedy: "run again to go on")
  }
}
