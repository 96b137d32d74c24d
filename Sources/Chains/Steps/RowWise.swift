import Diagnostics
import Files
import Pipelines

/// A step that changes text row by row, and nothing else.
package protocol RowWise: TextStep {
  var from: Parts { get }

  /// The change to rows that are learned from, where it differs, as with BPE dropout.
  func learningTransform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform
}

extension RowWise {
  package func learningTransform(
    _ resources: Resources
  ) throws(Diagnostic) -> any FieldTransform {
    try transform(resources)
  }

  package var outputs: [Port] { from.mapped(to: .table) }

  package func rows(of port: Port) -> RowSource { from.rows(of: port, .same) }

  package func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    var rows = 0
    for (input, port) in zip(from.inputs, outputs) {
      let transform =
        input == from.measured
        ? try learningTransform(work.bytes(behind:)) : try transform(work.bytes(behind:))
      let written = try work.rewrite(input, to: port) { (names) throws(Diagnostic) in
        let chosen = Set(try columns.positions(in: names, of: "\(input.source)"))
        return TableChange(
          columns: names, isByRow: !transform.dependsOnOrigin,
          fields: TableChange.Fields(chosen, transform)
        ) { batch in
          TableChange.Rows(batch.mapping(chosen, transform))
        }
      }
      guard let written else { return .stopped }
      rows += written.rowCount
    }
    work.summarise(Spelling.count(rows, "row"))
    return .finished
  }
}

extension StageWork {
  /// The bytes of a file or input, by its line in the key; nil when the option was left out.
  package func bytes(behind name: String) throws(Diagnostic) -> [UInt8]? {
    if let input = inputs.first(where: { $0.name == name }) {
      return try map(input).contents
    }
    guard let file = file(named: name) else { return nil }
    return try contents(of: file)
  }
}
