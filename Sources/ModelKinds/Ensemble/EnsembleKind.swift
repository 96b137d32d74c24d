import Chains
import Datasets
import Diagnostics
import Formats
import Pipelines
import Reports
import Tensors

/// Several classifiers as one, whose probabilities are the mean of theirs.
///
/// It is a kind of model and no stage over predictions, so that whatever takes a model takes it:
/// evaluate with its baselines, classify on raw text, show, and another ensemble.
package struct EnsembleKind: ClassifierKind {
  package static let name = "ensemble"
  package static let manual = """
    ensemble is the mean of the probabilities of members, which are trained classifiers of any kind.
    They must read text alike: train them on rows of one binarize stage. The model holds all of them.
    """

  private let members: [StageInput]

  package init(from options: inout StageOptions) {
    members = options.inputs("members", .model, unset: nil, "the models whose answers are averaged")
    if options.isGiven("members"), members.count < 2 { options.reject("members", .noEnsemble) }
  }

  package var outputs: [Port] { [Port(.model)] }

  package func train(_ staged: StagedTraining) throws(Diagnostic) -> StageOutcome {
    let work = staged.work
    let rows = try staged.labelledRows()
    var models: [StoredModel] = []
    for member in members {
      let model = try StoredModel(work.map(member), named: "\(member.source)", in: staged.models)
      if let first = models.first, !model.texts.reads(as: first.texts) {
        throw Diagnostic(.readsOtherwise(model.name, first.name))
      }
      models.append(model)
    }
    let classifier = try EnsembleClassifier(models)
    guard let first = models.first, classifier.reads(rows),
      first.texts.classNames == rows.classNames
    else { throw Diagnostic(.otherRows("\(staged.from.source)")) }
    var summary = [Spelling.count(models.count, "model")]
    if let validRows = try staged.labelledValidRows(like: rows) {
      summary += try staged.validate(classifier, on: validRows)
    }
    let tensors = EnsembleTensors(models)
    try staged.commit(
      ModelArtifact(of: Self.self, configuration: tensors.configuration, texts: first.texts),
      tensors)
    work.summarise(summary.joined(separator: "  "))
    return .finished
  }

  package static func classifier(
    _ model: StoredModel, in precision: Precision
  ) throws(Diagnostic) -> any TrainedClassifier {
    try EnsembleClassifier(EnsembleTensors.members(of: model), in: precision)
  }

  package static func details(of model: StoredModel) throws(Diagnostic) -> [ModelDetail] {
    let members = try EnsembleTensors.members(of: model)
    var table = TextTable([
      .number("member"), .name("kind"), .number("parameters"), .text("configuration"),
    ])
    for (place, member) in members.enumerated() {
      let count = member.tensors.entries.reduce(0) {
        $0 + ($1.elementType == .float32 ? $1.count : 0)
      }
      let configuration = (member.configuration.objectValue ?? [])
        .filter { !["model", "members"].contains($0.name) }
        .map { "\($0.name) \($0.value.stringValue ?? $0.value.compact)" }
      table.append([
        "\(place + 1)", member.kind.name, Spelling.count(count),
        configuration.joined(separator: ", "),
      ])
    }
    return [
      ModelDetail(
        "members", table, json: .array(members.map { .string($0.kind.name) }))
    ]
  }
}

extension ModelTexts {
  /// Whether both make the same ids of a text, and of them the same classes.
  fileprivate func reads(as other: ModelTexts) -> Bool {
    source.json == other.source.json && source.vocabulary == other.source.vocabulary
      && classNames == other.classNames
  }
}

extension Diagnostic.Message {
  fileprivate static let noEnsemble = Self(
    "an ensemble has at least two members",
    remedy: "name more train stages, or use the one as it is")

  fileprivate static func readsOtherwise(_ name: String, _ other: String) -> Self {
    Self(
      "'\(name)' reads text otherwise than '\(other)', or knows other classes",
      remedy: "train both on rows of one binarize stage")
  }

  fileprivate static func otherRows(_ rows: String) -> Self {
    Self(
      "the members were not made for '\(rows)': its classes or its vocabulary are others",
      remedy: "let from be the rows that they were trained on")
  }
}
