import Files
import Fixtures
import Models
import Tensors
import Training

/// A small encoder of random weights in a folder, as Hugging Face writes it, and a pipeline that
/// fine-tunes it on the reviews of the toy.
package enum ToyEncoder {
  package static let words =
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    + [
      "a", "very", "lovely", "bright", "warm", "mov", "##ing", "dull", "cold", "loud", "flat",
      "film", "song", "play", "book", "meal",
    ]

  /// The folder's configuration: two layers of four values in two heads.
  package static let configuration = """
    {"model_type": "bert", "vocab_size": \(words.count), "hidden_size": 8, "num_hidden_layers": 3,
     "num_attention_heads": 2, "intermediate_size": 12, "max_position_embeddings": 16,
     "type_vocab_size": 2, "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1}
    """

  /// The pipeline's folder, with the encoder in `encoder`.
  package static func pipeline() throws -> TemporaryPipeline {
    let pipeline = try Toy.pipeline()
    try write(to: pipeline.folder, "encoder")
    return pipeline
  }

  /// Writes the files of the encoder, without classes.
  package static func write(to folder: TemporaryFolder, _ name: String) throws {
    try folder.write("\(name)/config.json", configuration)
    try folder.write("\(name)/vocab.txt", words.joined(separator: "\n") + "\n")
    try folder.write("\(name)/tokenizer_config.json", "{\"do_lower_case\": true}")
    let encoder = encoder(classCount: 2)
    var file = try OutputFile(folder.path("\(name)/model.safetensors"))
    try ParameterBuffer(encoder.layout, initializedFrom: RandomSource(seed: 3)).write(into: &file)
    try file.commit()
  }

  /// The network of the folder, with classes.
  package static func encoder(classCount: Int) -> Encoder {
    var configuration = Encoder.Configuration(
      vocabularySize: words.count, classCount: classCount)
    configuration.width = 8
    configuration.layerCount = 3
    configuration.headCount = 2
    configuration.innerWidth = 12
    configuration.positionCount = 16
    configuration.initialDeviation = 0.3
    return Encoder(configuration)
  }

  /// The stages that number words as an encoder does.
  ///
  /// - Parameters:
  ///   - source: the stage whose rows they read.
  ///   - folder: the encoder's.
  package static func numbering(_ source: String, by folder: String) -> String {
    """
    [stage.tokenize]
    from = "\(source)"
    rules = "wordpiece"
    encoder = "\(folder)"
    [stage.vocabulary]
    kind = "import-vocabulary"
    format = "encoder"
    path = "\(folder)"
    [stage.binarize]
    from = "tokenize"
    vocabulary = "vocabulary"
    """
  }

  package static func definition(_ training: String) -> String {
    """
    \(Toy.parts)
    \(numbering("split", by: "encoder"))
    [stage.train]
    model = "encoder"
    folder = "encoder"
    from = "binarize.train"
    valid = "binarize.valid"
    batch-size = 8
    \(training)
    [stage.evaluate]
    from = "binarize.test"
    model = "train"
    """
  }
}
