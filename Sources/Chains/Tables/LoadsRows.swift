import Pipelines
import Text

/// A stage that loads its rows from files.
package protocol LoadsRows: Stage {
  /// The paths of each file number of an origin: one path, or one for each column.
  var rowFiles: [[String]] { get }
}

extension LoadsRows {
  /// The files that a row came from.
  package func files(of origin: Origin) -> [String] {
    rowFiles.indices.contains(origin.file - 1) ? rowFiles[origin.file - 1] : []
  }
}
