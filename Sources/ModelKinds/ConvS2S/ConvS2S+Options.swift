import Diagnostics
import Layers
import Models
import Pipelines

/// The options of a convolutional translator, without the sizes of its vocabularies.
struct ConvS2SOptions: Sendable {
  private var template: ConvS2S.Configuration

  /// Reads an architecture by its name, and options that override parts of it.
  init(from options: inout StageOptions) {
    let architecture = options.choice(
      "architecture", default: ConvS2S.Architecture.iwslt, isKeyed: false,
      "a shape by fairseq's name, which the options below override")
    template = ConvS2S.Configuration(
      architecture, sourceVocabularySize: 1, targetVocabularySize: 1)
    template.embeddingWidth = options.integer(
      "embedding", default: template.embeddingWidth, in: 1...65_536,
      "width of the word vectors of both sides")
    template.encoderLayers = options.convolutions("encoder", default: template.encoderLayers)
    template.decoderLayers = options.convolutions("decoder", default: template.decoderLayers)
    let count = template.decoderLayers.count
    let attending = options.integers(
      "attention-layers", default: Array(1...count), in: 1...1000,
      "the decoder layers, counted from 1, that attend to the source; [] for none")
    if let layer = attending.first(where: { $0 > count }) {
      options.reject("attention-layers", .noLayer(layer, of: count))
    }
    template.attention = (1...count).map(attending.contains)
    template.outputEmbeddingWidth = options.integer(
      "output-embedding", default: template.outputEmbeddingWidth, in: 1...65_536,
      "width of what is compared with every word of the vocabulary")
    template.sharesOutputEmbedding = options.flag(
      "share-output-embedding", default: false,
      "whether words are put out by the vectors they are read in with")
    if template.sharesOutputEmbedding, template.outputEmbeddingWidth != template.embeddingWidth {
      options.reject(
        "share-output-embedding",
        .widthsDiffer(template.embeddingWidth, template.outputEmbeddingWidth))
      template.sharesOutputEmbedding = false
    }
    template.dropProbability = options.float(
      "dropout", default: 0.2, in: .from(0, below: 1),
      "the share of values dropped after embedding, before convolutions and before the words")
    let smoothing = options.float(
      "label-smoothing", default: 0.1, in: .from(0, below: 1),
      "how much of each word's loss is spread over the vocabulary")
    let isSmoothed = OptionCondition(
      smoothing > 0, obstacle: "label-smoothing = 0", remedy: "set label-smoothing above 0")
    let share = options.under(isSmoothed) {
      $0.choice(
        "label-smoothing-share", default: LabelSmoothing.Share.everyWord,
        "over every word, as fairseq did until 2021, or over all but the right one")
    }
    template.labelSmoothing = LabelSmoothing(smoothing, share: share)
    template.positionCount = options.integer(
      "positions", default: 1024, in: 8...1_000_000,
      "places that have vectors; the longest sentence, its end counted, is one or two shorter")
  }

  func configuration(
    sourceVocabularySize: Int, targetVocabularySize: Int
  ) -> ConvS2S.Configuration {
    var configuration = template
    configuration.sourceVocabularySize = sourceVocabularySize
    configuration.targetVocabularySize = targetVocabularySize
    return configuration
  }
}

extension StageOptions {
  /// Reads `SIDE-channels` and `SIDE-widths`.
  fileprivate mutating func convolutions(
    _ side: String, default standard: [ConvS2S.Convolution]
  ) -> [ConvS2S.Convolution] {
    let channels = integers(
      "\(side)-channels", default: standard.map(\.channels), in: 1...65_536,
      "what each gated convolution of the \(side) gives, the first layer first")
    let isGiven = isGiven("\(side)-channels")
    let widths = integers(
      "\(side)-widths", default: isGiven ? [3] : standard.map(\.width), in: 1...1000,
      "the words each of them sees; one number for all")
    guard !channels.isEmpty else {
      reject("\(side)-channels", .noLayers(side))
      return standard
    }
    guard widths.count == 1 || widths.count == channels.count else {
      reject("\(side)-widths", .otherCount(widths.count, side, channels.count))
      return standard
    }
    return channels.enumerated().map { index, count in
      ConvS2S.Convolution(count, width: widths.count == 1 ? widths[0] : widths[index])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noLayers(_ side: String) -> Self {
    Self("the \(side) has no layers", remedy: "give at least one number of channels")
  }

  fileprivate static func otherCount(_ widths: Int, _ side: String, _ layers: Int) -> Self {
    Self(
      "\(side)-widths has \(widths) numbers, but the \(side) has \(layers) layers",
      remedy: "give \(layers) widths, or one for all")
  }

  fileprivate static func noLayer(_ layer: Int, of count: Int) -> Self {
    Self(
      "there is no decoder layer \(layer)", remedy: "the layers are 1 to \(count)")
  }

  fileprivate static func widthsDiffer(_ embedding: Int, _ output: Int) -> Self {
    Self(
      "word vectors of \(embedding) cannot be compared with outputs of \(output)",
      remedy: "set output-embedding = \(embedding)")
  }
}
