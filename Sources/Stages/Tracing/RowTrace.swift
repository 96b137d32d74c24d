import Artifacts
import Datasets
import Diagnostics
import Pipelines
import Reports
import Text

/// One row followed from where it was loaded through every stage of a pipeline.
package struct RowTrace: Sendable {
  /// The row in one output of a stage, or what became of it there.
  package struct Step: Sendable {
    package let stage: String
    package let kind: String
    package let port: String
    /// Counted from 1; nil where the row is not in the output.
    package let row: Int?
    /// What there is to say besides the row itself.
    package internal(set) var note: String?
    package internal(set) var fields: [(name: String, text: String)] = []
    package internal(set) var tokens: [TracedTokens] = []
  }

  /// The files and the line that the row was loaded from.
  package let place: String
  package private(set) var steps: [Step] = []
  private let path: RowPath
  private let store: ArtifactStore
  private let records: [Record?]
  private let root: RowPath.Node
  private var places: [RowPath.Node: Int] = [:]
  private var texts: [RowPath.Node: [(name: String, text: String)]] = [:]

  /// Follows a row.
  ///
  /// - Parameters:
  ///   - row: counted from 1, in the output of the stage.
  ///   - fetch: is told which outputs are about to be read, and makes evicted ones again.
  /// - Throws: when the stage has no such row, or its rows do not come from a load stage.
  package init(
    row: Int, of stage: PlannedStage, port: String, in assessment: Assessment,
    _ store: ArtifactStore, fetch: (PlannedStage, RecordedOutput) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    path = RowPath(plan: assessment.plan)
    self.store = store
    records = assessment.stages.map(\.record)
    var nodes = [RowPath.Node(stage: stage.index, port: port)]
    while let source = path.source(of: nodes[nodes.count - 1]) { nodes.append(source) }
    for node in nodes {
      let stage = path.plan.stages[node.stage]
      guard let output = records[node.stage]?.output(node.port) else {
        throw Diagnostic(.notTraceable(stage.name))
      }
      try fetch(stage, output)
    }
    // Back over the outputs that keep places to a table that knows where its rows came from.
    var origins = nodes[...]
    while let node = origins.first, origins.count > 1, path.keepsPlaces(node) {
      origins = origins.dropFirst()
    }
    guard let table = origins.first, let output = records[table.stage]?.output(table.port),
      let located = try LocatedRow(row - 1, of: output, in: store)
    else { throw Diagnostic(.noRow(row, "\(stage.name).\(port)")) }
    root = nodes[nodes.count - 1]
    place = Self.place(located.origin, path.plan.stages[root.stage])
    try follow(located.origin, fetch)
  }

  private mutating func follow(
    _ origin: Origin,
    _ fetch: (PlannedStage, RecordedOutput) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    for stage in path.plan.stages {
      guard let record = records[stage.index] else { continue }
      let nodes = path.nodes(of: stage)
      var found: [Step] = []
      var missed: [RowPath.Node] = []
      for node in nodes {
        let source = path.source(of: node)
        guard node == root || source.map({ places[$0] != nil }) == true else { continue }
        guard let output = record.output(node.port) else { continue }
        try fetch(stage, output)
        if let step = try step(at: node, from: source, output, origin) {
          found.append(step)
        } else {
          missed.append(node)
        }
      }
      if found.isEmpty, let node = missed.first {
        found = [
          Step(
            stage: stage.name, kind: stage.kind.kind, port: node.port, row: nil,
            note: try reasonForLeavingOut(at: node, origin))
        ]
      }
      steps += found
      if let learner = learner(stage) { steps.append(learner) }
      if let saying = try saying(stage, record, fetch) { steps.append(saying) }
    }
  }

  /// The row in one output; nil when it is not there.
  private mutating func step(
    at node: RowPath.Node, from source: RowPath.Node?, _ output: RecordedOutput, _ origin: Origin
  ) throws(Diagnostic) -> Step? {
    let stage = path.plan.stages[node.stage]
    let before = source.flatMap { places[$0] }
    if output.type == ArtifactType.dataset.name {
      guard let before else { return nil }
      places[node] = before
      return try numbered(before, at: node, output)
    }
    var located: LocatedRow?
    if path.keepsPlaces(node), let before {
      located = try LocatedRow(before, of: output, in: store)
    }
    if located == nil { located = try LocatedRow(from: origin, of: output, in: store) }
    guard let row = located else { return nil }
    places[node] = row.place
    texts[node] = row.fields
    var step = Step(
      stage: stage.name, kind: stage.kind.kind, port: node.port, row: row.place + 1)
    let known = source.flatMap { texts[$0] } ?? []
    step.fields = row.fields.filter { field in
      !known.contains { $0.name == field.name && $0.text == field.text }
    }
    if stage.kind.role == .divides { step.note = "dealt to \(node.port)" }
    if step.fields.isEmpty, step.note == nil { step.note = "as it was" }
    return step
  }

  private func numbered(
    _ place: Int, at node: RowPath.Node, _ output: RecordedOutput
  ) throws(Diagnostic) -> Step {
    let stage = path.plan.stages[node.stage]
    let dataset = try Dataset(SafetensorsFile(try store.open(output.digest)))
    var step = Step(stage: stage.name, kind: stage.kind.kind, port: node.port, row: place + 1)
    guard place < dataset.count else { return step }
    if !dataset.labels.isEmpty {
      let label = Int(dataset.labels[place])
      step.fields = [("label", "\(label) (\(dataset.classNames[label]))")]
    }
    guard let record = records[node.stage] else { return step }
    let artifact = ShownArtifact(output, of: record, by: stage.stage, in: store)
    for index in dataset.columns.indices {
      let column = try DatasetColumn(index, of: dataset, artifact)
      let ids = try dataset.ids(ofRow: place, column: index)
      step.tokens.append(
        TracedTokens(column: column.name, ids: ids, texts: ids.map { column.text(of: [$0]) }))
    }
    return step
  }

  /// What a classifier that the stage trained says of the row as it was loaded.
  private func saying(
    _ stage: PlannedStage, _ record: Record,
    _ fetch: (PlannedStage, RecordedOutput) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Step? {
    guard let output = record.output(ArtifactType.model.name), let raw = texts[root] else {
      return nil
    }
    try fetch(stage, output)
    let model = try store.open(output.digest)
    let column = try ModelArtifact(SafetensorsFile(model)).texts.source.column
    guard let text = raw.first(where: { $0.name == column })?.text,
      var classifier = try? TextClassifier(model, named: stage.name)
    else { return nil }
    var step = Step(
      stage: stage.name, kind: stage.kind.kind, port: output.port, row: nil,
      note: "says of the raw text")
    step.fields = classifier.classify(text).classes.prefix(3).map {
      ($0.name, Spelling.fixed(Double($0.probability), places: 4))
    }
    return step
  }

  /// What a stage that learns from the row is to it.
  private func learner(_ stage: PlannedStage) -> Step? {
    guard stage.kind.role == .learns else { return nil }
    let names = stage.inputs.filter { input in
      places[RowPath.Node(stage: input.source.stage, port: input.source.port.name)] != nil
    }.map(\.name)
    guard let name = names.first else { return nil }
    return Step(
      stage: stage.name, kind: stage.kind.kind, port: "", row: nil,
      note: name == "from" || name.hasPrefix("from.")
        ? "learns from this row" : "reads it as \(name)")
  }

  private func reasonForLeavingOut(
    at node: RowPath.Node, _ origin: Origin
  ) throws(Diagnostic) -> String {
    let stage = path.plan.stages[node.stage]
    guard let clean = stage.stage as? Clean, let source = path.source(of: node),
      let output = records[source.stage]?.output(source.port),
      let input = stage.inputs.first(where: { $0.source.stage == source.stage }),
      let reason = try clean.reasonForLeavingOut(origin, of: output, "\(input.source)", in: store)
    else { return stage.kind.role == .divides ? "dealt to no part" : "left out" }
    return "left out: \(reason.rawValue)"
  }

  private static func place(_ origin: Origin, _ stage: PlannedStage) -> String {
    guard let load = stage.stage as? Load else { return "line \(origin)" }
    return load.source.files(of: origin).map { "\($0):\(origin.line)" }.joined(separator: " ")
  }
}

/// One column of a row as ids, with what each stands for.
package struct TracedTokens: Sendable {
  package let column: String
  package let ids: [Int32]
  package let texts: [String]
}

extension Diagnostic.Message {
  fileprivate static func notTraceable(_ stage: String) -> Self {
    Self(
      "'\(stage)' is not up to date, so its rows are not those of the stages before it",
      remedy: "run the definition first")
  }

  fileprivate static func noRow(_ row: Int, _ output: String) -> Self {
    Self("\(output) has no row \(row)", remedy: "rows are counted from 1")
  }
}
