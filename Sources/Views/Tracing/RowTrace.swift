import Artifacts
import Chains
import Datasets
import Diagnostics
import Formats
import ModelKinds
import Pipelines
import Stages

/// One row followed from where it was loaded through every stage of a pipeline.
package struct RowTrace: Sendable {
  /// The row in one output of a stage, or why it is not there.
  package struct Step: Sendable {
    package let stage: String
    package let kind: String
    package let port: String
    /// Counted from 1; nil where the row is not in the output.
    package let row: Int?
    /// A note besides the row itself.
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
  ///   - fetch: called with outputs that are about to be read; makes evicted ones again.
  /// - Throws: when the stage has no such row, or its rows do not come from a load stage.
  package init(
    row: Int, of stage: PlannedStage, port: String, in assessment: Assessment,
    _ store: ArtifactStore, fetch: (PlannedStage, RecordedOutput) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    path = RowPath(
      through: assessment.plan.stages, assessment.stages.map(\.record), in: store)
    self.store = store
    records = assessment.stages.map(\.record)
    let nodes = path.origins(of: RowPath.Node(stage: stage.index, port: port))
    for node in nodes {
      let stage = path.stages[node.stage]
      guard let output = path.output(of: node) else {
        throw Diagnostic(.notTraceable(stage.name))
      }
      try fetch(stage, output)
      // The model is needed to find out which rows it could not read.
      for input in stage.inputs where input.source.port.type == .model {
        let maker = path.stages[input.source.stage]
        if let model = records[maker.index]?.output(input.source.port.name) {
          try fetch(maker, model)
        }
      }
    }
    let rows = try path.rows(of: nodes[0])
    guard try rows?.row(row - 1) != nil else {
      let count = try rows?.rows { _, _ in false }.count ?? 0
      throw Diagnostic(.noRow(row, "\(stage.name).\(port)", of: count))
    }
    root = nodes[nodes.count - 1]
    places[nodes[0]] = row - 1
    for (node, origin) in zip(nodes, nodes.dropFirst()) {
      places[origin] = try path.places(of: [places[node]], in: node, backTo: origin)[0]
    }
    guard let first = places[root], let loaded = try path.rows(of: root)?.row(first) else {
      throw Diagnostic(.notTold(row, "\(stage.name).\(port)"))
    }
    place = path.place(of: loaded.origin, loadedBy: root.stage)
    try follow(fetch)
  }

  private mutating func follow(
    _ fetch: (PlannedStage, RecordedOutput) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var isLeftOut = false
    for stage in path.stages {
      guard let record = records[stage.index] else { continue }
      var found: [Step] = []
      var missed: [RowPath.Node] = []
      for node in path.nodes(of: stage) {
        let source = path.source(of: node)
        guard places[node] != nil || source.map({ places[$0.node] != nil }) == true else {
          continue
        }
        guard let output = record.output(node.port) else { continue }
        try fetch(stage, output)
        if let step = try step(at: node, from: source?.node, output) {
          found.append(step)
        } else {
          missed.append(node)
        }
      }
      if found.isEmpty, let node = missed.first {
        isLeftOut = true
        found = [
          Step(
            stage: stage.name, kind: stage.kind.kind, port: node.port, row: nil,
            note: try noteOfMissing(at: node))
        ]
      }
      steps += found
      if let learner = try learner(stage) { steps.append(learner) }
      if !isLeftOut, let saying = try saying(stage, record, fetch) { steps.append(saying) }
    }
  }

  /// The row in one output; nil when it is not there.
  private mutating func step(
    at node: RowPath.Node, from source: RowPath.Node?, _ output: RecordedOutput
  ) throws(Diagnostic) -> Step? {
    var copies = 1
    if places[node] == nil, let before = source.flatMap({ places[$0] }) {
      let found = try path.places(ofRow: before, in: node)
      copies = found.count
      places[node] = found.first
    }
    guard let place = places[node] else { return nil }
    if output.content?.isDataset ?? false { return try numbered(place, at: node, output) }
    guard let row = try path.rows(of: node)?.row(place) else { return nil }
    texts[node] = row.fields
    let stage = path.stages[node.stage]
    var step = Step(stage: stage.name, kind: stage.kind.kind, port: node.port, row: place + 1)
    let known = source.flatMap { texts[$0] } ?? []
    step.fields = row.fields.filter { field in
      !known.contains { $0.name == field.name && $0.text == field.text }
    }
    if stage.kind.role == .divides { step.note = "dealt to \(node.port)" }
    if copies > 1 { step.note = "the first of \(Spelling.count(copies))" }
    if step.fields.isEmpty, step.note == nil { step.note = "as it was" }
    return step
  }

  private func numbered(
    _ place: Int, at node: RowPath.Node, _ output: RecordedOutput
  ) throws(Diagnostic) -> Step {
    let stage = path.stages[node.stage]
    let dataset = try Dataset(SafetensorsFile(try store.open(output.digest)))
    var step = Step(stage: stage.name, kind: stage.kind.kind, port: node.port, row: place + 1)
    guard place < dataset.count else { return step }
    if !dataset.labels.isEmpty {
      let label = Int(dataset.labels[place])
      step.fields = [("label", "\(label) (\(dataset.classNames[label]))")]
    }
    if let features = dataset.features {
      step.fields.append(("features", try Self.spelled(features, ofRow: place, in: dataset)))
      return step
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

  /// The first features of a row, and how many there are.
  private static func spelled(
    _ features: RowFeatures, ofRow row: Int, in dataset: Dataset
  ) throws(Diagnostic) -> String {
    let first = try dataset.withFeatures { values in
      (0..<min(6, features.width)).map {
        Spelling.fixed(Double(values[row * features.width + $0]), places: 3)
      }
    }
    let rest = features.width > first.count ? " …" : ""
    return first.joined(separator: " ") + rest + ", \(Spelling.count(features.width)) in all"
  }

  /// The prediction, for the row as it was loaded, of a classifier that the stage trained.
  private func saying(
    _ stage: PlannedStage, _ record: Record,
    _ fetch: (PlannedStage, RecordedOutput) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Step? {
    guard let output = record.output(holding: .model), let raw = texts[root] else {
      return nil
    }
    try fetch(stage, output)
    let model = try store.open(output.digest)
    let column = try ModelArtifact(SafetensorsFile(model), stages: .standard).texts.source.column
    guard let text = raw.first(where: { $0.name == column })?.text,
      var classifier = try? TextClassifier(model, named: stage.name, in: .standard)
    else { return nil }
    var step = Step(
      stage: stage.name, kind: stage.kind.kind, port: output.port, row: nil,
      note: "says of the raw text")
    step.fields = classifier.classify(text).classes.prefix(3).map {
      ($0.name, Spelling.fixed(Double($0.probability), places: 4))
    }
    return step
  }

  /// The step for a stage that learns from the row.
  private func learner(_ stage: PlannedStage) throws(Diagnostic) -> Step? {
    let reads = stage.inputs.first { places[RowPath.Node($0)] != nil }
    guard stage.kind.role == .learns, let input = reads, let place = places[RowPath.Node(input)]
    else { return nil }
    let reason = try reasonForLeavingOut(place, of: input, by: stage)
    let note =
      switch (reason, input == stage.learned) {
      case (nil, true): "learns from this row"
      case (nil, false): "reads it as \(input.name)"
      case (let reason?, true): "left out: \(reason)"
      case (let reason?, false): "left out of \(input.name): \(reason)"
      }
    return Step(stage: stage.name, kind: stage.kind.kind, port: "", row: nil, note: note)
  }

  /// Why an output does not hold the row.
  private func noteOfMissing(at node: RowPath.Node) throws(Diagnostic) -> String {
    let stage = path.stages[node.stage]
    if let source = path.source(of: node), let place = places[source.node],
      let reason = try reasonForLeavingOut(place, of: source.input, by: stage)
    {
      return "left out: \(reason)"
    }
    return stage.kind.role == .divides ? "dealt to no part" : "left out"
  }

  private func reasonForLeavingOut(
    _ place: Int, of input: StageInput, by stage: PlannedStage
  ) throws(Diagnostic) -> String? {
    guard let leaving = stage.stage as? any LeavesRowsOut,
      let rows = path.reading(input, of: stage.index)
    else { return nil }
    return try leaving.reasonForLeavingOut(place, of: rows)
  }
}

/// One column of a row as ids, with their tokens.
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

  fileprivate static func notTold(_ row: Int, _ output: String) -> Self {
    Self(
      "where row \(row) of \(output) came from cannot be told: its line is in several files",
      remedy: "trace a row of a stage before, whose table knows the files")
  }

  fileprivate static func noRow(_ row: Int, _ output: String, of count: Int) -> Self {
    Self(
      "\(output) has no row \(row): it has \(Spelling.count(count, "row"))",
      remedy: count == 0 ? "name a stage that has rows" : "give a number from 1 to \(count)")
  }
}
