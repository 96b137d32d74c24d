/// What a run is of, as its journal names it.
struct RunSubject: Hashable, Sendable {
  /// As the definition names it.
  let pipeline: String
  /// The path of the definition, as it was given.
  let definition: String
  /// The options that override the definition's own: `train.epochs=4`.
  let settings: [String]
  /// Nil for a run of the definition's own stages.
  var sweep: String?
}

extension RunSubject {
  init(of plan: Plan) {
    self.init(
      pipeline: plan.definition.name, definition: plan.definition.path,
      settings: plan.definition.settings, sweep: plan.sweep)
  }
}
