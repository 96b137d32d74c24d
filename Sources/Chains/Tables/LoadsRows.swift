import Diagnostics
import Pipelines
import Text

/// A stage that loads its rows from files.
package protocol LoadsRows: Stage {
  /// The paths of each file number of an origin: one path, or one for each column.
  var rowFiles: [[String]] { get }

  /// Where the row of an origin begins: one place, or one for each column; none that is unknown.
  func places(of origin: Origin) -> [Place]
}

extension LoadsRows {
  package func places(of origin: Origin) -> [Place] { linePlaces(of: origin) }

  /// The places of a row that is a line of each of its files.
  package func linePlaces(of origin: Origin) -> [Place] {
    guard rowFiles.indices.contains(origin.file - 1) else { return [] }
    return rowFiles[origin.file - 1].map { Place(file: $0, line: origin.line) }
  }
}
