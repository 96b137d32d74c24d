import Files
import Synchronization

/// Files of which the paths that are opened are noted.
///
/// Unless told otherwise their clock is ahead, so that what was just made is old enough to be remembered.
package final class OpenedFiles: FileSystem {
  package let now: Int64
  private let paths = Mutex<[String]>([])

  /// - Parameter now: what their clock says.
  package init(now: Int64 = Clock.later) { self.now = now }

  /// The paths that were opened since this was last asked for, in their order.
  package func take() -> [String] {
    paths.withLock { paths in
      defer { paths = [] }
      return paths
    }
  }

  package func perform(_ call: FileCall, _ make: () -> Int) -> Int {
    if case .open(let path, _) = call { paths.withLock { $0.append(path) } }
    return make()
  }
}

extension Clock {
  /// Some seconds from now: files that are made now are old then.
  package static var later: Int64 { nanoseconds() + 5_000_000_000 }
}
