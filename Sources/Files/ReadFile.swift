import Diagnostics
import Glibc

/// A file read at any offset.
///
/// It is not mapped: a person's file that is cut short while it is mapped ends the program, and here
/// that is an error; and what was read of a large file does not stay in memory.
package final class ReadFile: Sendable {
  package let byteCount: Int
  private let file: OpenFile

  package var path: String { file.path }

  /// Opens a file that a person named.
  package init(_ path: String) throws(Diagnostic) {
    file = try OpenFile(path, for: .read, in: SystemFiles())
    byteCount = try file.status().status.byteCount
  }

  /// Reads a file that is open.
  package init(_ file: consuming OpenFile) throws(Diagnostic) {
    byteCount = try file.status().status.byteCount
    self.file = file
  }

  /// Values as they lie in the file, `count` of them from a byte offset on.
  ///
  /// - Throws: when the file no longer reaches so far.
  package func values<Element: BitwiseCopyable>(
    of type: Element.Type = Element.self, from offset: Int, count: Int
  ) throws(Diagnostic) -> [Element] {
    let wanted = count * MemoryLayout<Element>.stride
    precondition(
      0 <= offset && 0 <= wanted && wanted <= byteCount - offset,
      "\(wanted) bytes at \(offset) of \(byteCount) bytes")
    var end: (read: Int, code: Int32) = (0, 0)
    let values = unsafe [Element](unsafeUninitializedCapacity: count) { elements, initialized in
      let bytes = UnsafeMutableRawBufferPointer(elements)
      while end.read < wanted {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[end.read..<wanted])
        let step = OpenFile.retried {
          unsafe pread(file.descriptor, rest.baseAddress, rest.count, off_t(offset + end.read))
        }
        guard step > 0 else {
          end.code = step < 0 ? errno : 0
          break
        }
        end.read += step
      }
      initialized = end.read / MemoryLayout<Element>.stride
    }
    guard end.code == 0 else { throw Diagnostic(.cannot("read", path, code: end.code)) }
    guard values.count == count else { throw Diagnostic(.changedWhileRead(path)) }
    return values
  }
}
