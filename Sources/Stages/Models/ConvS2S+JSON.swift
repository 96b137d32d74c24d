import Artifacts
import Layers
import Models
import Pipelines

extension ConvS2S.Configuration {
  static let name = "convs2s"

  /// The shape as a model artifact says it.
  var json: JSONValue {
    [
      "model": .string(Self.name), "source-vocabulary": .integer(sourceVocabularySize),
      "target-vocabulary": .integer(targetVocabularySize), "embedding": .integer(embeddingWidth),
      "encoder": .array(encoderLayers.map(\.json)), "decoder": .array(decoderLayers.map(\.json)),
      "attention": .array(attention.map { .bool($0) }),
      "output-embedding": .integer(outputEmbeddingWidth),
      "shared-embedding": .bool(sharesOutputEmbedding),
      "dropout": .number(Double(dropProbability)),
      "label-smoothing": .number(Double(labelSmoothing.amount)),
      "label-smoothing-share": .string(labelSmoothing.share.rawValue),
      "positions": .integer(positionCount), "padding": .integer(padding), "end": .integer(end),
      "unknown": .integer(unknown),
    ]
  }

  /// Reads what `json` wrote; nil when it is another model's, or no model could have this shape.
  init?(json: JSONValue) {
    guard json["model"]?.stringValue == Self.name,
      let source = json.size("source-vocabulary"), let target = json.size("target-vocabulary"),
      let embedding = json.size("embedding"), let encoder = json.convolutions("encoder"),
      let decoder = json.convolutions("decoder"), let attends = json["attention"]?.arrayValue,
      attends.count == decoder.count, let output = json.size("output-embedding"),
      let isShared = json["shared-embedding"]?.boolValue, !isShared || output == embedding,
      let dropout = json.share("dropout"), let smoothing = json.share("label-smoothing"),
      let share = json["label-smoothing-share"]?.stringValue.flatMap(LabelSmoothing.Share.init),
      let positions = json.size("positions"), let padding = json["padding"]?.intValue,
      let end = json["end"]?.intValue, let unknown = json["unknown"]?.intValue,
      [padding, end, unknown].allSatisfy((0..<min(source, target)).contains),
      padding + 2 < positions
    else { return nil }
    self.init(sourceVocabularySize: source, targetVocabularySize: target)
    embeddingWidth = embedding
    encoderLayers = encoder
    decoderLayers = decoder
    attention = attends.map { $0.boolValue ?? true }
    outputEmbeddingWidth = output
    sharesOutputEmbedding = isShared
    dropProbability = dropout
    labelSmoothing = LabelSmoothing(smoothing, share: share)
    positionCount = positions
    self.padding = padding
    self.end = end
    self.unknown = unknown
  }
}

extension ConvS2S.Convolution {
  fileprivate var json: JSONValue { .array([.integer(channels), .integer(width)]) }
}

extension JSONValue {
  /// A positive number that a model's extent could be.
  fileprivate func size(_ name: String) -> Int? { self[name]?.size }

  fileprivate var size: Int? {
    intValue.flatMap { (1...100_000_000).contains($0) ? $0 : nil }
  }

  /// A number from 0, below 1.
  func share(_ name: String) -> Float? {
    self[name]?.doubleValue.flatMap(NumberRange.from(0, below: 1).single)
  }

  /// At least one `[channels, width]`.
  fileprivate func convolutions(_ name: String) -> [ConvS2S.Convolution]? {
    guard let list = self[name]?.arrayValue, (1...10_000).contains(list.count) else { return nil }
    var layers: [ConvS2S.Convolution] = []
    for value in list {
      guard let pair = value.arrayValue, pair.count == 2, let channels = pair[0].size,
        let width = pair[1].size
      else { return nil }
      layers.append(ConvS2S.Convolution(channels, width: width))
    }
    return layers
  }
}
