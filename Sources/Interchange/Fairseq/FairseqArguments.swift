import Diagnostics
import Files
import Formats
import Layers
import Models
import Text

/// The options of a fairseq model that determine its architecture, from `args.json`.
package struct FairseqArguments: Sendable {
  static let fileName = "args.json"

  /// The architecture, with vocabularies of one word until the dictionaries are read.
  package let shape: ConvS2S.Configuration
  package let sourceLanguage: String
  package let targetLanguage: String

  /// Reads the file; what it leaves out is as in the architecture it names, or fairseq's `fconv`.
  ///
  /// - Throws: when an option has a value that no ConvS2S model has.
  init(contentsOf path: String) throws(Diagnostic) {
    let file = try SideFile(InputFile.contents(of: path, atMost: 1 << 20), path: path)
    let json = try JSONValue(parsing: file.contents, file: path)
    let options = FairseqOptions(json: json, path: path)
    let name = try options.text("arch", default: "fconv")
    guard
      let architecture = ConvS2S.Architecture.allCases.first(where: { $0.fairseqName == name })
    else { throw Diagnostic(.otherArchitecture(name, path)) }
    var shape = ConvS2S.Configuration(
      architecture, sourceVocabularySize: 4, targetVocabularySize: 4)
    shape.embeddingWidth = try options.size("encoder_embed_dim", default: shape.embeddingWidth)
    let decoderWidth = try options.size("decoder_embed_dim", default: shape.embeddingWidth)
    guard decoderWidth == shape.embeddingWidth else {
      throw Diagnostic(.differentWidths(shape.embeddingWidth, decoderWidth, path))
    }
    shape.encoderLayers = try options.layers("encoder_layers", default: shape.encoderLayers)
    shape.decoderLayers = try options.layers("decoder_layers", default: shape.decoderLayers)
    shape.attention = try options.truths("decoder_attention", count: shape.decoderLayers.count)
    shape.outputEmbeddingWidth = try options.size(
      "decoder_out_embed_dim", default: shape.outputEmbeddingWidth)
    shape.sharesOutputEmbedding = try options.truth("share_input_output_embed")
    guard !shape.sharesOutputEmbedding || shape.outputEmbeddingWidth == shape.embeddingWidth else {
      throw Diagnostic(
        .differentWidths(shape.embeddingWidth, shape.outputEmbeddingWidth, path))
    }
    shape.dropProbability = try options.share("dropout", default: 0.1)
    shape.labelSmoothing = LabelSmoothing(try options.share("label_smoothing", default: 0))
    self.shape = shape
    sourceLanguage = try options.text("source_lang", default: "source")
    targetLanguage = try options.text("target_lang", default: "target")
  }

  init(shape: ConvS2S.Configuration, sourceLanguage: String, targetLanguage: String) {
    self.shape = shape
    self.sourceLanguage = sourceLanguage
    self.targetLanguage = targetLanguage
  }

  /// The file, as fairseq spells the options.
  var json: JSONValue {
    [
      "arch": .string(ConvS2S.Architecture.base.fairseqName),
      "encoder_embed_dim": .integer(shape.embeddingWidth),
      "encoder_layers": .string(Self.spelling(of: shape.encoderLayers)),
      "decoder_embed_dim": .integer(shape.embeddingWidth),
      "decoder_layers": .string(Self.spelling(of: shape.decoderLayers)),
      "decoder_out_embed_dim": .integer(shape.outputEmbeddingWidth),
      "decoder_attention": .string(
        "[" + shape.attention.map { $0 ? "True" : "False" }.joined(separator: ", ") + "]"),
      "share_input_output_embed": .bool(shape.sharesOutputEmbedding),
      "dropout": .number(Double(shape.dropProbability)),
      "label_smoothing": .number(Double(shape.labelSmoothing.amount)),
      "max_source_positions": .integer(shape.positionCount),
      "max_target_positions": .integer(shape.positionCount),
      "source_lang": .string(sourceLanguage), "target_lang": .string(targetLanguage),
    ]
  }

  private static func spelling(of layers: [ConvS2S.Convolution]) -> String {
    "[" + layers.map { "(\($0.channels), \($0.width))" }.joined(separator: ", ") + "]"
  }
}

extension ConvS2S.Architecture {
  fileprivate var fairseqName: String { rawValue.replacing("-", with: "_") }
}

extension Diagnostic.Message {
  fileprivate static func otherArchitecture(_ name: String, _ path: String) -> Self {
    Self(
      "'\(path)' is of a model '\(name)', which is none of fairseq's convolutional ones",
      remedy: "the architectures are "
        + ConvS2S.Architecture.allCases.map(\.fairseqName).joined(separator: ", "))
  }

  fileprivate static func differentWidths(_ one: Int, _ other: Int, _ path: String) -> Self {
    Self(
      "'\(path)' has embeddings of \(one) and \(other) values where one width is wanted",
      remedy: "only models whose widths agree can be used")
  }
}
