import Artifacts
import Diagnostics
import Pipelines

/// The model artifact a command works with.
struct TrainedModel {
  let stage: String
  let output: RecordedOutput
  /// Said to the person when the definition has changed since the model was trained.
  let differenceFromDefinition: String?

  /// Finds the model of a stage, or of the only stage that makes one.
  ///
  /// - Throws: when there is none, or it is not trained yet.
  init(
    in assessment: Assessment, stage name: String?, store: ArtifactStore
  ) throws(Diagnostic) {
    let makers = assessment.stages.filter { stage in
      stage.planned.outputs.contains { $0.type.name == "model" }
    }
    let names = makers.map(\.planned.name)
    guard let maker = makers.first(where: { name == nil || $0.planned.name == name }) else {
      throw Diagnostic(.noModelStage(name, among: names))
    }
    if name == nil, makers.count > 1 { throw Diagnostic(.severalModels(names)) }
    stage = maker.planned.name
    let file = assessment.plan.definition.path
    if let output = maker.record?.output("model") {
      self.output = output
      differenceFromDefinition = nil
    } else if let record = assessment.previousRecord(of: stage, in: store),
      let output = record.output("model")
    {
      self.output = output
      differenceFromDefinition =
        "warning: the definition has changed since this model was trained; "
        + "`millrace explain \(file) \(stage)` says how"
    } else {
      throw Diagnostic(.notTrained(stage, file))
    }
    try EvictedOutputs(assessment: assessment, store: store)
      .makeAgain([output], of: maker.planned)
    guard store.isIntact(output.digest) else { throw Diagnostic(.notTrained(stage, file)) }
  }
}

extension Diagnostic.Message {
  fileprivate static func noModelStage(_ name: String?, among names: [String]) -> Self {
    Self(
      name.map { "no stage '\($0)' makes a model\(Suggestion.ending(for: $0, among: names))" }
        ?? "the definition has no stage that makes a model",
      remedy: names.isEmpty ? "add a train stage" : "name one of \(names.joined(separator: ", "))")
  }

  fileprivate static func severalModels(_ names: [String]) -> Self {
    Self("several stages make models", remedy: "name one of \(names.joined(separator: ", "))")
  }

  fileprivate static func notTrained(_ stage: String, _ file: String) -> Self {
    Self("'\(stage)' has no trained model yet", remedy: "run `millrace run \(file)` first")
  }
}
