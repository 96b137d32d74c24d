import Models
import Tensors

/// A model in fairseq's form whose weights are all zero, so that its files are text.
package enum BlankFairseqModel {
  package static let words = ["ein", "hund", "kat@@", "ze"]

  package static let arguments = """
    {"arch": "fconv", "encoder_embed_dim": 2, "encoder_layers": "[(2, 3)] * 2",
     "decoder_embed_dim": 2, "decoder_layers": "[(2, 1)]", "decoder_out_embed_dim": 2,
     "decoder_attention": "True", "share_input_output_embed": false,
     "source_lang": "de", "target_lang": "en"}
    """

  package static func files(in folder: String, arguments: String = arguments) -> [String: String] {
    let dictionary = words.map { "\($0) 3\n" }.joined()
    return [
      "\(folder)/args.json": arguments, "\(folder)/dict.de.txt": dictionary,
      "\(folder)/dict.en.txt": dictionary, "\(folder)/codes": "#version: 0.2\nz e</w>\n",
      "\(folder)/model.safetensors": weights(vocabularySize: words.count + 4),
    ]
  }

  package static func configuration(vocabularySize: Int) -> ConvS2S.Configuration {
    var configuration = ConvS2S.Configuration(
      sourceVocabularySize: vocabularySize, targetVocabularySize: vocabularySize)
    configuration.embeddingWidth = 2
    configuration.encoderLayers = [
      ConvS2S.Convolution(2, width: 3), ConvS2S.Convolution(2, width: 3),
    ]
    configuration.decoderLayers = [ConvS2S.Convolution(2, width: 1)]
    configuration.attention = [true]
    configuration.outputEmbeddingWidth = 2
    configuration.positionCount = 16
    return configuration
  }

  /// A safetensors file of zeros; the header is as long as a number whose bytes are all ASCII.
  package static func weights(vocabularySize: Int) -> String {
    let layout = ConvS2S(configuration(vocabularySize: vocabularySize)).layout
    var entries: [String] = []
    var end = 0
    for entry in layout.entries {
      let start = end
      end += 4 * entry.shape.extents.reduce(1, *)
      entries.append(
        """
        "\(entry.name)":{"dtype":"F32","shape":\(entry.shape.extents),\
        "data_offsets":[\(start),\(end)]}
        """)
    }
    let header = "{\(entries.joined(separator: ","))}"
    let length = 0x2000
    let padding = String(repeating: " ", count: length - header.utf8.count)
    return "\0\u{20}\0\0\0\0\0\0" + header + padding + String(repeating: "\0", count: end)
  }
}
