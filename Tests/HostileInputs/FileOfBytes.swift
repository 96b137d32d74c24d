import Diagnostics
import Files
import Foundation

/// A file that holds some bytes for as long as they are looked at.
enum FileOfBytes {
  /// - Parameter name: that of the format, since several are checked at a time.
  static func with<Result>(
    _ bytes: [UInt8], _ name: String, _ body: (String) throws(Violation) -> Result
  ) throws(Violation) -> Result {
    let folder = FileManager.default.temporaryDirectory.path
    let path = "\(folder)/millrace-\(getpid())-\(name)"
    try rereading("a path for \(name)") { () throws(Diagnostic) in
      try OutputFile.write(path, isOurs: true) { (file) throws(Diagnostic) in try file.write(bytes)
      }
    }
    defer { _ = unsafe unlink(path) }
    return try body(path)
  }
}
