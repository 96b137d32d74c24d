import Artifacts
import Diagnostics
import Pipelines
import Stages

/// The path of rows through the results of a plan, as its stages' `rows(of:)` give it.
package struct RowPath: Sendable {
  /// An output of a stage that has rows.
  package struct Node: Hashable, Sendable {
    /// The stage's place in the plan.
    package let stage: Int
    package let port: String

    package init(stage: Int, port: String) {
      self.stage = stage
      self.port = port
    }

    /// The output that an input names.
    package init(_ input: StageInput) {
      self.init(stage: input.source.stage, port: input.source.port.name)
    }
  }

  /// What an output's rows come from.
  package struct Source {
    package let node: Node
    let input: StageInput
    let places: RowPlaces
  }

  package let stages: [PlannedStage]
  private let records: [Record?]
  private let store: ArtifactStore

  /// - Parameter records: of each stage, nil where it has no result.
  package init(through stages: [PlannedStage], _ records: [Record?], in store: ArtifactStore) {
    precondition(stages.count == records.count, "\(records.count) records of \(stages.count)")
    self.stages = stages
    self.records = records
    self.store = store
  }

  /// What the rows of an output come from; nil where they are loaded.
  package func source(of node: Node) -> Source? {
    guard case .input(let input, let places) = stages[node.stage].rows(of: node.port) else {
      return nil
    }
    return Source(node: Node(input), input: input, places: places)
  }

  /// The output and those its rows come from, back to the one that was loaded.
  package func origins(of node: Node) -> [Node] {
    var nodes = [node]
    while let source = source(of: nodes[nodes.count - 1]) { nodes.append(source.node) }
    return nodes
  }

  /// The outputs of a stage that hold rows.
  package func nodes(of stage: PlannedStage) -> [Node] {
    stage.outputs.filter { stage.rows(of: $0.name) != .noRows }.map {
      Node(stage: stage.index, port: $0.name)
    }
  }

  /// The artifact on record; nil where there is none.
  package func output(of node: Node) -> RecordedOutput? { records[node.stage]?.output(node.port) }

  /// The rows of an output; nil when they are not in the store.
  ///
  /// - Throws: when the store cannot be read.
  package func rows(of node: Node) throws(Diagnostic) -> StoredRows? {
    guard let output = output(of: node), try store.isIntact(output.digest) else { return nil }
    return StoredRows(output, in: store)
  }

  /// An input as a stage read it; nil when its source has another result now.
  package func reading(_ input: StageInput, of stage: Int) -> ReadRows? {
    guard let record = records[stage], let output = output(of: Node(input)) else { return nil }
    guard record.keyValue(input.name) == StageKey.value(of: output.digest) else { return nil }
    return ReadRows(output: output, record: record, store: store)
  }
}

extension RowPath {
  /// The places of an output's rows in an output they come from; nil for a row without a match.
  package func places(of rows: [Int?], in node: Node, backTo origin: Node) throws(Diagnostic)
    -> [Int?]
  {
    var rows = rows
    var node = node
    while node != origin {
      guard let source = source(of: node) else { return rows.map { _ in nil } }
      rows = try matching(into: node)?.places(before: rows) ?? rows.map { _ in nil }
      node = source.node
    }
    return rows
  }

  /// The places of a row in an output that was made from it; empty when it was left out.
  package func places(ofRow row: Int, in node: Node) throws(Diagnostic) -> [Int] {
    try matching(into: node)?.places(after: row) ?? []
  }

  /// Nil when the rows of one side are lost, or the other was not made from them.
  private func matching(into node: Node) throws(Diagnostic) -> RowMatching? {
    guard let source = source(of: node), let read = reading(source.input, of: node.stage) else {
      return nil
    }
    if source.places == .same { return .same }
    guard let before = try rows(of: source.node), let after = try rows(of: node) else {
      return nil
    }
    if before.areNumbered || after.areNumbered,
      let stage = stages[node.stage].stage as? any LeavesRowsOut,
      let kept = try stage.keptRows(of: read)
    {
      return .kept(kept)
    }
    return .byOrigin(OriginMatching(before: before, after: after, places: source.places))
  }
}
