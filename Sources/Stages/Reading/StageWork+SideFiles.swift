import Diagnostics
import Pipelines
import Text

extension StageWork {
  /// Reads a small file that goes along with the data.
  ///
  /// - Parameter fallback: the encoding of a file that is not UTF-8; none unless given.
  func sideFile(
    _ file: ExternalFile, fallback: TextEncoding? = nil
  ) throws(Diagnostic) -> SideFile {
    try SideFile(try contents(of: file), path: file.path, fallback: fallback)
  }
}
