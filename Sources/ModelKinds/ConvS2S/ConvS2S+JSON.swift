import Formats
import Layers
import Models

extension ConvS2S.Configuration {
  /// The configuration as a model artifact stores it.
  package var json: JSONValue {
    [
      "source-vocabulary": .integer(sourceVocabularySize),
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

  /// Reads what `json` wrote; nil when no model can have this configuration.
  package init?(json: JSONValue) {
    guard let source = json.size("source-vocabulary"), let target = json.size("target-vocabulary"),
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
  /// At least one `[channels, width]`.
  fileprivate func convolutions(_ name: String) -> [ConvS2S.Convolution]? {
    guard let list = self[name]?.arrayValue, (1...10_000).contains(list.count) else { return nil }
    var layers: [ConvS2S.Convolution] = []
    for value in list {
      guard let pair = value.arrayValue, pair.count == 2, let channels = pair[0].size(),
        let width = pair[1].size()
      else { return nil }
      layers.append(ConvS2S.Convolution(channels, width: width))
    }
    return layers
  }
}
