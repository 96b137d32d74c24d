import Artifacts
import Diagnostics
import Pipelines
import Reports
import Text

/// Something done to one field of text, the same in a stage and in a model's chain.
///
/// It may remember what it has done, to be faster; what it gives depends on the field and row only.
package protocol FieldTransform: Sendable {
  mutating func apply(_ text: Span<UInt8>, of row: Origin, into output: inout [UInt8])
}

/// Where the bytes of a stage's files and inputs come from: the disk and the store, or a model.
typealias Resources = (_ name: String) throws(Diagnostic) -> [UInt8]?

/// A stage that changes text row by row.
///
/// Its transform is all a model needs to treat raw text as the training text was treated.
protocol RowWise: Stage {
  var from: Parts { get }
  var columns: TextColumns { get }

  /// The change to each field.
  ///
  /// - Parameter resources: the bytes behind a line of the key, such as `merges`.
  func transform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform

  /// The change to the rows that are learned from, where it differs.
  func learningTransform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform
}

extension RowWise {
  func learningTransform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform {
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
        return TableChange(columns: names) { $0.mapping(chosen, transform) }
      }
      guard let written else { return .stopped }
      rows += written
    }
    work.summarise("\(Spelling.count(rows)) rows")
    return .finished
  }
}

extension RowBatch {
  /// The rows with some columns changed.
  func mapping(_ columns: Set<Int>, _ transform: any FieldTransform) -> RowBatch {
    var changed = RowBatch(columnCount: columnCount)
    changed.reserve(rows: count, byteCount: bytes.count + bytes.count / 4)
    var output: [UInt8] = []
    var worker = transform
    for row in 0..<count {
      for column in 0..<columnCount {
        let field = bytes.span.extracting(range(row, column))
        if columns.contains(column) {
          output.removeAll(keepingCapacity: true)
          worker.apply(field, of: origins[row], into: &output)
          changed.append(output.span)
        } else {
          changed.append(field)
        }
      }
      changed.endRow(origins[row])
    }
    return changed
  }
}

extension StageWork {
  /// The bytes of a file or input, by its line in the key; nil when the option was left out.
  func bytes(behind name: String) throws(Diagnostic) -> [UInt8]? {
    if let input = inputs.first(where: { $0.name == name }) {
      return try map(input).contents
    }
    guard let file = file(named: name) else { return nil }
    return try contents(of: file)
  }
}
