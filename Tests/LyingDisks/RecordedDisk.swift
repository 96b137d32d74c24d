import Files
import Foundation
import Glibc
import Synchronization

/// Files of the system whose changes are noted, so that it can be told what a power cut may leave.
///
/// One made for a folder knows only what is below it. Its clock is ahead, so that what was just made is
/// old enough to be remembered.
package final class RecordedDisk: FileSystem {
  private struct State {
    var log = DiskLog()
    var descriptors: [Int32: Descriptor] = [:]
  }

  /// What is open.
  private enum Descriptor {
    /// A file, and where in it the next write begins; nil where that is always the end.
    case file(DiskLog.Node, offset: Int?)
    case folder(String)
  }

  private let state = Mutex(State())

  package init() {}

  package var now: Int64 { Clock.later }

  /// How many changes were made so far.
  package var changeCount: Int { state.withLock { $0.log.changes.count } }

  package var log: DiskLog { state.withLock { $0.log } }

  package func perform(_ call: FileCall, _ make: () -> Int) -> Int {
    switch call {
    // These may wait for one another, and change nothing.
    case .lock, .touch, .touchFolder, .read, .map, .examine, .examineOpen, .list: make()
    default:
      state.withLock { state in
        let result = call.simulated(make)
        let reason = errno
        if result >= 0 { note(call, result, &state) }
        errno = reason
        return result
      }
    }
  }

  private func note(_ call: FileCall, _ result: Int, _ state: inout State) {
    switch call {
    case .open(let path, let flags): open(path, flags, Int32(result), &state)
    case .close(let descriptor): state.descriptors[descriptor] = nil
    case .write(let descriptor): write(descriptor, result, &state)
    case .truncate(let descriptor, let byteCount):
      guard case .file(let node, _) = state.descriptors[descriptor] else { return }
      state.log.append(.resize(node, byteCount))
      state.descriptors[descriptor] = .file(node, offset: byteCount)
    case .synchronize(let descriptor):
      switch state.descriptors[descriptor] {
      case .file(let node, _): state.log.append(.synchronize(node))
      case .folder(let path): state.log.append(.synchronizeFolder(path))
      case nil: return
      }
    case .makeFolder(let path): state.log.append(.makeFolder(path))
    case .removeFolder(let path): state.log.append(.removeFolder(path))
    case .rename(let path, let other): state.log.rename(path, to: other)
    case .link(let path, let other): state.log.link(path, to: other)
    case .remove(let path): state.log.remove(path)
    case .read, .map, .setMode, .lock, .touch, .touchFolder, .examine, .examineOpen, .list: return
    }
  }

  private func open(_ path: String, _ flags: Int32, _ descriptor: Int32, _ state: inout State) {
    guard flags & O_DIRECTORY == 0 else {
      state.descriptors[descriptor] = .folder(path)
      return
    }
    guard flags & (O_WRONLY | O_RDWR) != 0 else { return }
    let node = state.log.open(path, isEmptied: flags & O_TRUNC != 0)
    state.descriptors[descriptor] = .file(node, offset: flags & O_APPEND != 0 ? nil : 0)
  }

  private func write(_ descriptor: Int32, _ count: Int, _ state: inout State) {
    guard case .file(let node, let offset) = state.descriptors[descriptor] else { return }
    // The descriptor may be for writing only.
    guard let file = FileHandle(forReadingAtPath: "/proc/self/fd/\(descriptor)") else { return }
    let end = Int((try? file.seekToEnd()) ?? 0)
    let start = offset ?? end - count
    try? file.seek(toOffset: UInt64(start))
    let bytes = Array((try? file.read(upToCount: count)) ?? Data())
    state.log.append(.write(node, offset: start, bytes))
    state.descriptors[descriptor] = .file(node, offset: offset.map { $0 + count })
  }
}
