import Diagnostics
import Glibc

/// A file written beside its final place and renamed into it: a reader finds all of it or none.
///
/// For files of our own outside a store's objects. One that is dropped leaves what was there.
package struct DurableFile: ~Copyable {
  private let path: String
  private let file: OpenFile

  package init(replacing path: String) throws(Diagnostic) {
    self.path = path
    file = try OpenFile("\(path).partial", for: .replace)
  }

  package func write(_ bytes: Span<UInt8>) throws(Diagnostic) { try file.write(bytes) }

  /// Writes elements as they lie in memory.
  package func write<Element: TensorElement>(elements: Span<Element>) throws(Diagnostic) {
    let failure = unsafe elements.withUnsafeBytes { bytes -> Diagnostic? in
      do throws(Diagnostic) {
        try file.write(unsafe bytes.bindMemory(to: UInt8.self).span)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }

  /// Puts the file in its place; when this returns, it is on the disk.
  package consuming func commit() throws(Diagnostic) {
    try file.synchronize()
    guard unsafe rename(file.path, path) == 0 else { throw Diagnostic(.cannot("make", path)) }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    try Folder.synchronize(folder.isEmpty ? "/" : folder)
  }
}
