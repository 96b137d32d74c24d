import Diagnostics
import Files
import Glibc

/// The folder that paths of this process are relative to.
package enum WorkingFolder {
  package static var path: String {
    get throws(Diagnostic) {
      guard let path = unsafe getcwd(nil, 0) else {
        throw Diagnostic(.cannot("find", "the working folder"))
      }
      defer { unsafe free(path) }
      return unsafe String(cString: path)
    }
  }

  /// A path that does not depend on the working folder.
  package static func absolute(_ path: String) throws(Diagnostic) -> String {
    path.hasPrefix("/") ? path : try "\(Self.path)/\(path)"
  }

  package static func change(to path: String) throws(Diagnostic) {
    guard unsafe chdir(path) == 0 else { throw Diagnostic(.cannot("work in", path)) }
  }
}
