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
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let read = unsafe bytes.withUnsafeMutableBytes { bytes in
        let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
        return Self.retried {
          files.perform(.read(descriptor)) {
            unsafe pread(descriptor, free.baseAddress, free.count, offset + done)
          }
        }
      }
      guard read >= 0 else { throw Diagnostic(.cannot("read", path)) }
      guard read > 0 else { return nil }
      done += read
    }
    return bytes
  }
}
