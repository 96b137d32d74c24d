import Diagnostics
import Glibc

extension OpenFile {
  /// The bytes that lie at a place of a regular file; nil when it ends before.
  ///
  /// Where the file is read from next stays as it was.
  package func bytes(at offset: Int, count: Int) throws(Diagnostic) -> [UInt8]? {
    let byteCount = try status().status.byteCount
    guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
      return nil
    }
    var bytes: [UInt8] = []
    // Appending nothing would write to the memory that all empty arrays of all threads share.
    guard count > 0 else { return bytes }
    try bytes.append(addingCapacity: count) { (free) throws(Diagnostic) in
      try unsafe free.withUnsafeMutableBufferPointer { (memory, filled) throws(Diagnostic) in
        let memory = UnsafeMutableRawBufferPointer(memory)
        var (done, read) = (0, 1)
        while done < count, read > 0 {
          let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[done..<count])
          read = Self.retried {
            files.perform(.read(descriptor)) {
              unsafe pread(descriptor, rest.baseAddress, rest.count, offset + done)
            }
          }
          done += max(0, read)
        }
        filled = done
        guard read >= 0 else { throw Diagnostic(.cannot("read", shownPath)) }
      }
    }
    return bytes.count == count ? bytes : nil
  }

  /// Whether a byte lies at a place of a regular file, whatever its status says of its length.
  ///
  /// Where the file is read from next stays as it was.
  package func hasBytes(from offset: Int) throws(Diagnostic) -> Bool {
    var byte: UInt8 = 0
    let count = Self.retried {
      files.perform(.read(descriptor)) { unsafe pread(descriptor, &byte, 1, offset) }
    }
    guard count >= 0 else { throw Diagnostic(.cannot("read", shownPath)) }
    return count > 0
  }
}
