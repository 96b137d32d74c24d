import Artifacts
import Diagnostics
import Pipelines
import Text

/// Rows of artifacts and how to find the same row in another one.
///
/// Tables remember where each row came from. Stages that number rows or score them keep their
/// order, so there the place is enough.
struct RowPath {
  /// An output of a stage that has rows.
  struct Node: Hashable {
    /// The stage's place in the plan.
    let stage: Int
    let port: String
  }

  let plan: Plan

  /// Where the rows of an output come from; nil for rows that were loaded.
  func source(of node: Node) -> Node? {
    let stage = plan.stages[node.stage]
    let names = ["from.\(node.port)", "parts.\(node.port)", "from"]
    let input = names.lazy.compactMap { name in stage.inputs.first { $0.name == name } }.first
    return input.map { Node(stage: $0.source.stage, port: $0.source.port.name) }
  }

  /// The outputs of a stage that have a row for each of some others'.
  func nodes(of stage: PlannedStage) -> [Node] {
    stage.outputs.filter { [.table, .dataset].contains($0.type) }.map {
      Node(stage: stage.index, port: $0.name)
    }
  }

  /// Whether a stage gives exactly the rows it reads, in their order.
  func keepsPlaces(_ node: Node) -> Bool {
    switch plan.stages[node.stage].stage {
    case is Binarize, is Evaluate: true
    case is Clean: false
    case is any RowWise, is Pad: true
    default: false
    }
  }
}

/// One row of a table, wherever it is.
struct LocatedRow {
  /// Counted from 0.
  let place: Int
  let origin: Origin
  let fields: [(name: String, text: String)]

  /// Finds a row by its place.
  init?(_ place: Int, of output: RecordedOutput, in store: ArtifactStore) throws(Diagnostic) {
    try self.init(in: output, store) { batch, first in
      (first..<first + batch.count).contains(place) ? place - first : nil
    }
  }

  /// Finds the row that came from there.
  init?(
    from origin: Origin, of output: RecordedOutput, in store: ArtifactStore
  ) throws(Diagnostic) {
    try self.init(in: output, store) { batch, _ in batch.origins.firstIndex(of: origin) }
  }

  private init?(
    in output: RecordedOutput, _ store: ArtifactStore,
    where position: (_ batch: RowBatch, _ first: Int) -> Int?
  ) throws(Diagnostic) {
    var reader = try TableReader(try store.openInput(output.digest), file: output.port)
    var first = 0
    while let batch = try reader.next() {
      if let row = position(batch, first) {
        place = first + row
        origin = batch.origins[row]
        fields = reader.columns.enumerated().map { ($0.element, batch.text(row, $0.offset)) }
        return
      }
      first += batch.count
    }
    return nil
  }
}
