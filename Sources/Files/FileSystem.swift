import Glibc

/// Makes the calls that read and change files: the system's own, or a disk of a test that lies.
///
/// All of a store's files pass through here, so that a test can fail any call, and can note what was
/// written to compute what a power cut may leave.
package protocol FileSystem: Sendable {
  /// Makes a call, or lets it fail.
  ///
  /// - Parameter make: makes the call and gives its result.
  /// - Returns: the result; when it is negative the call failed, and `errno` says why.
  func perform(_ call: FileCall, _ make: () -> Int) -> Int

  /// The machine that makes the calls, as other machines know it.
  var host: String { get }

  /// The time of day that times of files are compared with, in nanoseconds since 1970.
  var now: Int64 { get }
}

extension FileSystem {
  package var host: String { Host.name }

  package var now: Int64 { Clock.nanoseconds() }
}

/// The files that the system has.
package struct SystemFiles: FileSystem {
  package init() {}

  package func perform(_ call: FileCall, _ make: () -> Int) -> Int { make() }
}

/// The calls that change names, which succeed or leave the reason in `errno`.
extension FileSystem {
  package func rename(_ path: String, to other: String) -> Bool {
    perform(.rename(from: path, to: other)) { Int(unsafe Glibc.rename(path, other)) } == 0
  }

  /// Gives a file a second name, which must not be taken.
  package func link(_ path: String, to other: String) -> Bool {
    perform(.link(from: path, to: other)) { Int(unsafe Glibc.link(path, other)) } == 0
  }

  /// Takes the name of a file away.
  package func remove(_ path: String) -> Bool {
    perform(.remove(path: path)) { Int(unsafe unlink(path)) } == 0
  }

  /// Sets a folder's times to the present.
  ///
  /// Clients of NFS remember for some 30 s which names were absent from a folder, and forget it when
  /// they see that the folder changed, as in the answer to a change of their own.
  package func touchFolder(_ path: String) -> Bool {
    perform(.touchFolder(path: path)) { Int(unsafe utimensat(AT_FDCWD, path, nil, 0)) } == 0
  }

  /// Removes a folder, which must be empty.
  package func removeFolder(_ path: String) -> Bool {
    perform(.removeFolder(path: path)) { Int(unsafe rmdir(path)) } == 0
  }
}
