import Diagnostics
import Files

extension TableSample {
  /// The rows that are looked at.
  private static let fewRows = 200

  /// The names of the columns of a file that is evidently a table; nil for one that may as well be
  /// lines of text.
  ///
  /// Rows must be JSON, or have equally many fields under a header.
  package static func evidentColumns(of path: String) -> [String]? {
    guard InputFile.obstacle(to: path) == nil,
      let sample = try? TableSample(
        file: path, rowLimit: fewRows,
        { () throws(Diagnostic) in
          try InputFile(path)
        })
    else { return nil }
    let names = sample.columns.compactMap(\.name)
    switch sample.format {
    case .json: return names
    case .labelled: return nil
    case .delimited:
      let isTable = sample.columns.count > 1 && sample.malformedCount == 0 && sample.rowCount > 1
      return isTable && names.count == sample.columns.count ? names : nil
    }
  }
}
