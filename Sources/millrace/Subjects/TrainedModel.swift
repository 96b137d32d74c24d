import Artifacts
import Chains
import Diagnostics
import Files
import Pipelines

/// The model artifact a command works with.
struct TrainedModel {
  let stage: String
  /// The definition's stages, among them the one that made the model.
  let plan: Plan
  let index: Int
  /// Its bytes, which stay readable even if the store's file is removed meanwhile.
  let file: MappedFile

  /// Finds the model of a stage, or of the only stage that makes one for others to use.
  ///
  /// A model trained with other settings than the definition's is used only with `--as-trained`, which
  /// prints a note; options given on the command line must be those it was trained with in any case.
  ///
  /// - Parameter words: the definition's path and, if given, the stage's name.
  /// - Throws: when the definition has problems, no stage or several could be meant, or the model is
  ///   not trained yet, or was trained with other settings.
  init(
    _ words: [String], _ arguments: ParsedArguments, until interruption: Interruption
  ) throws(Diagnostic) {
    let part = words.count > 1 ? PartName(words[1]) : nil
    plan = try DefinitionFile(words[0], arguments).plan
    let store = try ArtifactStore.holdingResults(chosenBy: arguments)
    let hold = store.holdToRead()
    defer { withExtendedLifetime(hold) {} }
    let assessment = try Assessment(of: plan, in: store)
    let maker = try Self.maker(in: assessment, named: part)
    stage = maker.planned.name
    index = maker.planned.index
    let untrained = Diagnostic(.notTrained(stage, arguments.next(RunPipeline.self, words[0])))
    // With settings on the command line, only a model trained with them will do.
    let isAsked = !arguments.values(.set).isEmpty || arguments.value(.point) != nil
    var previous: Record?
    if maker.record == nil, !isAsked {
      previous = try assessment.previousRecord(of: stage, in: store)
    }
    let run = arguments.next(RunPipeline.self, words[0])
    guard previous == nil || arguments.has(.asTrained) else {
      throw Diagnostic(.otherSettings(stage, run))
    }
    let record = maker.record ?? previous
    guard let output = record?.output(holding: .model) else {
      throw untrained
    }
    try EvictedOutputs(assessment, store, arguments, until: interruption)
      .makeAgain([output], of: maker.planned)
    guard try store.isIntact(output.digest) else { throw untrained }
    file = try store.open(output.digest)
    store.showNotices()
    if maker.record == nil {
      Terminal.errors.tell(
        Diagnostic(
          .changedSince(arguments.next(Explain.self, words[0], stage)), severity: .warning))
    }
  }

  /// The stage that was named, or the only one that makes a model which no other is made of.
  private static func maker(
    in assessment: Assessment, named part: PartName?
  ) throws(Diagnostic) -> Assessment.Stage {
    let makers = assessment.stages.filter { stage in
      stage.planned.outputs.contains { $0.type == .model }
    }
    let names = makers.map(\.planned.name)
    let name = part?.description
    guard let maker = makers.first(where: { name == nil || $0.planned.name == name }) else {
      throw Diagnostic(.noModelStage(name, among: names))
    }
    guard name == nil, makers.count > 1 else { return maker }
    let parts = Set(makers.flatMap(\.planned.inputs).map(\.source.stage))
    let last = makers.filter { !parts.contains($0.planned.index) }
    guard last.count == 1, let only = last.first else { throw Diagnostic(.severalModels(names)) }
    return only
  }
}

extension Diagnostic.Message {
  fileprivate static func changedSince(_ command: String) -> Self {
    Self(
      "the definition has changed since this model was trained", remedy: "`\(command)` says how")
  }

  fileprivate static func noModelStage(_ name: String?, among names: [String]) -> Self {
    Self(
      name.map { "no stage '\($0)' makes a model\(Suggestion.ending(for: $0, among: names))" }
        ?? "the definition has no stage that makes a model",
      remedy: names.isEmpty ? "add a train stage" : "name one of \(names.joined(separator: ", "))")
  }

  fileprivate static func severalModels(_ names: [String]) -> Self {
    Self("several stages make models", remedy: "name one of \(names.joined(separator: ", "))")
  }

  fileprivate static func otherSettings(_ stage: String, _ command: String) -> Self {
    Self(
      "the model of '\(stage)' was trained before the definition or its data changed",
      remedy: "run `\(command)`, or take the model as it is: --as-trained")
  }

  fileprivate static func notTrained(_ stage: String, _ command: String) -> Self {
    Self("'\(stage)' has no trained model yet", remedy: "run `\(command)` first")
  }
}
