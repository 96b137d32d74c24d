import Formats
import Models
import Pipelines
import Tensors

extension Encoder.Configuration {
  /// The configuration as a model artifact stores it.
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("family", .string(family.rawValue)), .init("vocabulary", .integer(vocabularySize)),
      .init("classes", .integer(classCount)), .init("width", .integer(width)),
      .init("layers", .integer(layerCount)), .init("heads", .integer(headCount)),
      .init("inner", .integer(innerWidth)), .init("positions", .integer(positionCount)),
      .init("segments", .integer(segmentCount)), .init("activation", .string(activation.rawValue)),
      .init("norm-epsilon", .number(Double(normEpsilon))),
      .init("deviation", .number(Double(initialDeviation))),
      .init("dropout", .number(Double(dropout.hidden))),
      .init("attention-dropout", .number(Double(dropout.attention))),
      .init("classifier-dropout", .number(Double(dropout.classifier))),
      .init("pooling", .string(pooling.rawValue)), .init("padding", .integer(padding)),
      .init("start", .integer(start)), .init("end", .integer(end)),
    ]
    if let adapters {
      let names = adapters.projections.map { JSONValue.string($0.rawValue) }
      members += [
        .init("rank", .integer(adapters.rank)), .init("alpha", .number(Double(adapters.alpha))),
        .init(
          "adapted", .array(names.sorted { ($0.stringValue ?? "") < ($1.stringValue ?? "") })),
      ]
    }
    return .object(members)
  }

  /// Reads it back; nil when no encoder can have it.
  init?(_ json: JSONValue) {
    func id(_ name: String, below count: Int) -> Int? {
      json.size(name, from: 0).flatMap { $0 < count ? $0 : nil }
    }
    func positive(_ name: String) -> Float? {
      json[name]?.doubleValue.flatMap(NumberRange.positive.single)
    }
    guard let family = json["family"]?.stringValue.flatMap(Encoder.Family.init),
      let vocabulary = json.size("vocabulary"), let classes = json.size("classes"),
      let width = json.size("width"), let layers = json.size("layers"), layers <= 1024,
      let heads = json.size("heads"), width % heads == 0, let inner = json.size("inner"),
      let positions = json.size("positions", from: 3),
      let segments = json.size("segments", from: 0),
      let activation = json["activation"]?.stringValue.flatMap(ActivationFunction.init),
      let epsilon = positive("norm-epsilon"), let deviation = positive("deviation"),
      let hidden = json.share("dropout"), let attention = json.share("attention-dropout"),
      let classifier = json.share("classifier-dropout"),
      let pooling = json["pooling"]?.stringValue.flatMap(Encoder.Pooling.init),
      let padding = id("padding", below: vocabulary), let start = id("start", below: vocabulary),
      let end = id("end", below: vocabulary)
    else { return nil }
    self.init(vocabularySize: vocabulary, classCount: classes)
    self.family = family
    (self.width, layerCount, headCount, innerWidth) = (width, layers, heads, inner)
    (positionCount, segmentCount) = (positions, segments)
    self.activation = activation
    (normEpsilon, initialDeviation) = (epsilon, deviation)
    (dropout.hidden, dropout.attention, dropout.classifier) = (hidden, attention, classifier)
    self.pooling = pooling
    (self.padding, self.start, self.end) = (padding, start, end)
    if json["rank"] != nil {
      guard let adapters = Encoder.LowRankAdapters(json) else { return nil }
      self.adapters = adapters
    }
  }
}

extension Encoder.LowRankAdapters {
  fileprivate init?(_ json: JSONValue) {
    guard let rank = json.size("rank"), Self.rankRange.contains(rank),
      let alpha = json["alpha"]?.doubleValue.flatMap(NumberRange.positive.single),
      let names = json["adapted"]?.arrayValue
    else { return nil }
    let projections = names.compactMap { $0.stringValue.flatMap(Encoder.Projection.init) }
    guard !projections.isEmpty, projections.count == names.count else { return nil }
    self.init()
    (self.rank, self.alpha, self.projections) = (rank, alpha, Set(projections))
  }
}
