import Cores
import Diagnostics

/// The digest of a file's bytes, read in large pieces and hashed on all cores.
enum FileDigest {
  /// Throws when the file changes meanwhile; `name` is what people call it.
  static func digest(
    of file: borrowing OpenFile, name: String
  ) throws(Diagnostic) -> StoredObject {
    let (before, isRegular) = try file.status()
    let piece = max(1, min(before.byteCount + 1, 16 << 20))
    var buffer = [UInt8](repeating: 0, count: isRegular ? piece : 1 << 18)
    var hash = BLAKE3()
    var total = 0
    var isAtEnd = false
    while !isAtEnd {
      var filled = 0
      while filled < buffer.count, !isAtEnd {
        let count = try file.read(into: &buffer, from: filled)
        filled += count
        isAtEnd = count == 0
      }
      hash.update(buffer.span.extracting(..<filled), cores: availableCores())
      total += filled
    }
    let after = try file.status().status
    guard !isRegular || (after == before && total == before.byteCount) else {
      throw Diagnostic(.changedWhileRead(name))
    }
    return StoredObject(digest: hash.finalize(), byteCount: total)
  }
}
