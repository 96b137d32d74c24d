import Diagnostics
import Files
import Glibc

extension ArtifactStore {
  /// The bytes that its disk has left for this user.
  package var freeByteCount: Int {
    get throws(Diagnostic) {
      var status = statvfs()
      let folder = try folder("tmp")
      let call = FileCall.examine(path: folder)
      guard files.perform(call, { Int(unsafe statvfs(folder, &status)) }) == 0 else {
        throw Diagnostic(.cannot("examine", folder))
      }
      let (bytes, isTooLarge) = Int(clamping: status.f_bavail).multipliedReportingOverflow(
        by: Int(clamping: status.f_frsize))
      return isTooLarge ? .max : bytes
    }
  }
}
