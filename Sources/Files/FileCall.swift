import Glibc

/// A call to the system that reads or changes files; descriptors are those that `open` gave.
package enum FileCall: Hashable, Sendable {
  case open(path: String, flags: Int32)
  case close(Int32)
  case read(Int32)
  case map(Int32)
  case write(Int32)
  case truncate(Int32, byteCount: Int)
  /// Waits until what was written to a file, or which names are in a folder, is on the disk.
  case synchronize(Int32)
  case setMode(Int32)
  /// Takes or gives back the kernel's lock on a file; the operation is that of `flock`.
  case lock(Int32, operation: Int32)
  /// Sets a file's or a folder's times to the present, by the clock of whoever has the disk.
  case touch(Int32)
  case touchFolder(path: String)
  case examine(path: String)
  case examineOpen(Int32)
  /// Reads the names in a folder.
  case list(path: String)
  case makeFolder(path: String)
  case removeFolder(path: String)
  case rename(from: String, to: String)
  case link(from: String, to: String)
  case remove(path: String)

  /// Whether it may change what is on the disk.
  package var isChange: Bool {
    switch self {
    case .open(_, let flags): flags & (O_CREAT | O_TRUNC) != 0
    case .write, .truncate, .synchronize, .setMode, .makeFolder, .removeFolder, .rename, .link,
      .remove:
      true
    // No times are kept that a power cut could lose.
    case .touch, .touchFolder: false
    case .close, .read, .map, .lock, .examine, .examineOpen, .list: false
    }
  }
}
