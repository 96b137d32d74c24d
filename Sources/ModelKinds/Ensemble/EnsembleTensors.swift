import Artifacts
import Diagnostics
import Files
import Formats

/// The tensors of several models in one artifact, those of each behind a prefix of its own.
struct EnsembleTensors: ModelTensors {
  /// More members than anyone would wait for.
  private static let mostMembers = 1000
  private static let membersName = "members"

  private let models: [StoredModel]

  init(_ models: [StoredModel]) { self.models = models }

  var configuration: JSONValue {
    [Self.membersName: .array(models.map(\.configuration))]
  }

  /// The models out of the artifact that `configuration` and the tensors went into.
  ///
  /// - Throws: when they do not belong together.
  static func members(of model: StoredModel) throws(Diagnostic) -> [StoredModel] {
    guard let members = model.configuration[membersName]?.arrayValue,
      (1...mostMembers).contains(members.count)
    else { throw Diagnostic(.misshapen(model)) }
    var models: [StoredModel] = []
    for (place, configuration) in members.enumerated() {
      models.append(
        try StoredModel(configuration, in: model, tensorsBehind: prefix(ofMember: place)))
    }
    return models
  }

  private static func prefix(ofMember place: Int) -> String { "\(membersName).\(place + 1)." }

  /// Each tensor by its name here, and where it comes from; not the bytes of chains, which the
  /// artifact holds once.
  private var tensors: [(name: String, model: StoredModel, entry: TensorEntry)] {
    models.enumerated().flatMap { place, model in
      model.tensors.entries.filter { $0.elementType != .uint8 }
        .map { (Self.prefix(ofMember: place) + $0.name, model, $0) }
    }
  }

  var declarations: [SafetensorsWriter.Declaration] {
    tensors.map { .init($0.name, $0.entry.elementType, shape: $0.entry.shape) }
  }

  func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic) {
    guard let tensor = tensors.first(where: { $0.name == name }) else {
      preconditionFailure("no tensor is named \(name)")
    }
    try tensor.model.tensors.withBytes(tensor.entry) { (bytes) throws(Diagnostic) in
      try draft.write(bytes)
    }
  }
}
