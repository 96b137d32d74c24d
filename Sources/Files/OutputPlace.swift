import Diagnostics
import Glibc

/// What the path of an output file leads to.
enum OutputPlace {
  /// A regular file, or none yet, by its path with all links resolved.
  case file(String)
  /// A device, a pipe or a terminal.
  case stream
  /// This program's own standard output, even if that is a regular file.
  case standardOutput

  /// The most links that are followed, as the kernel does.
  private static let mostLinks = 40

  init(_ path: String) throws(Diagnostic) {
    var there = stat()
    guard unsafe stat(path, &there) == 0 else {
      guard SystemFailure.isAbsence() else { throw Diagnostic(.cannot("write", path)) }
      self = .file(try Self.end(of: path))
      return
    }
    var output = stat()
    let isOutput =
      unsafe fstat(STDOUT_FILENO, &output) == 0 && output.st_dev == there.st_dev
      && output.st_ino == there.st_ino
    switch there.st_mode & S_IFMT {
    case _ where isOutput: self = .standardOutput
    case S_IFREG: self = .file(try Self.end(of: path))
    case S_IFDIR: throw Diagnostic(.cannot("write", path, code: EISDIR))
    default: self = .stream
    }
  }

  /// The path that a chain of links leads to, whether a file is there or not.
  private static func end(of path: String) throws(Diagnostic) -> String {
    var path = path
    for _ in 0..<mostLinks {
      var bytes = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let count = unsafe readlink(path, &bytes, bytes.count - 1)
      guard count >= 0 else { return path }
      let named = String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
      path = named.hasPrefix("/") ? named : folder + named
    }
    throw Diagnostic(.cannot("write", path, code: ELOOP))
  }
}
