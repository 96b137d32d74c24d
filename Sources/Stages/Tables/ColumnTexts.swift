import Artifacts
import Diagnostics
import Pipelines
import Text

/// Some columns of a table, whole in memory.
struct ColumnTexts: Sendable {
  /// Column by column, as they were asked for.
  private(set) var texts: [[String]]
  private(set) var origins: [Origin] = []

  var count: Int { origins.count }

  /// Reads the columns; nil when the stage was asked to stop.
  ///
  /// - Throws: when the table lacks one of them.
  init?(_ input: StageInput, _ names: [String], in work: StageWork) throws(Diagnostic) {
    var reader = try work.table(input)
    try self.init(&reader, names, of: "\(input.source)") { work.shouldStop }
  }

  /// Reads the columns of a stored table.
  ///
  /// - Throws: when the table lacks one of them, or is not there.
  init(
    _ output: RecordedOutput, _ names: [String], in store: ArtifactStore
  ) throws(Diagnostic) {
    var reader = try TableReader(try store.openInput(output.digest), file: output.port)
    guard let texts = try Self(&reader, names, of: output.port, shouldStop: { false }) else {
      preconditionFailure("reading \(output.port) stopped")
    }
    self = texts
  }

  private init?(
    _ reader: inout TableReader<InputFile>, _ names: [String], of table: String,
    shouldStop: () -> Bool
  ) throws(Diagnostic) {
    var positions: [Int] = []
    for name in names {
      guard let position = reader.columns.firstIndex(of: name) else {
        throw Diagnostic(.noColumn(name, table, among: reader.columns))
      }
      positions.append(position)
    }
    texts = names.map { _ in [] }
    while let batch = try reader.next() {
      guard !shouldStop() else { return nil }
      for row in 0..<batch.count {
        for (column, position) in positions.enumerated() {
          texts[column].append(batch.text(row, position))
        }
      }
      origins += batch.origins
    }
  }
}
