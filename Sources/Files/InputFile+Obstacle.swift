import Diagnostics
import Glibc

extension InputFile {
  /// What keeps a file that a person named from being read; nil when nothing does.
  ///
  /// That there is none is a warning, as it may come before it is needed. All else is an error.
  package static func obstacle(to path: String) -> Diagnostic? {
    do throws(Diagnostic) {
      let file = try OpenFile(ifThere: path, for: .read, in: SystemFiles())
      guard let file, file.descriptor >= 0 else {
        return Diagnostic(.cannot("open", path, code: ENOENT), severity: .warning)
      }
      return nil
    } catch { return error }
  }
}
