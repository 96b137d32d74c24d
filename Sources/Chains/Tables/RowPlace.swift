import Diagnostics
import Pipelines
import Text

extension StageWork {
  /// The place of an input's row in the file it was loaded from, or in its table if that is unknown.
  package func place(of origin: Origin, in input: StageInput) -> Place {
    var node = lineage(of: input)
    while let lineage = node {
      if let load = lineage.stage as? any LoadsRows, let place = load.places(of: origin).first {
        return place
      }
      node = lineage.sourceOfRows
    }
    return Place(file: "\(input.source)", line: origin.line)
  }

  /// Whether a column of a table was filled up by a step.
  package func isPadded(_ input: StageInput, column: String) -> Bool {
    var node = lineage(of: input)
    while let lineage = node {
      if let step = lineage.stage as? any PadsRows, step.columns.include(column) { return true }
      node = lineage.sourceOfRows
    }
    return false
  }
}
