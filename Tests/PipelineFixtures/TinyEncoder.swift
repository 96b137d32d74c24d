import Formats

/// The folder of an encoder that is small enough to be written as text: all its numbers are positive
/// halves, whose bytes are those of ASCII.
package enum TinyEncoder {
  package static let width = 4
  private static let innerWidth = 6
  private static let positionCount = 16

  package static let words = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "very", "lovely", "bright", "warm", "moving",
    "dull", "cold", "loud", "flat", "film", "song", "play", "book", "meal", "##s", ",",
  ]

  /// The files of the folder by their paths.
  package static func files(in folder: String = "mini") -> [String: String] {
    [
      "\(folder)/vocab.txt": words.joined(separator: "\n") + "\n",
      "\(folder)/tokenizer_config.json": #"{"do_lower_case": true}"#,
      "\(folder)/config.json": configuration, "\(folder)/model.safetensors": weights,
    ]
  }

  private static let configuration = """
    {"model_type": "bert", "vocab_size": \(words.count), "hidden_size": \(width),
    "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": \(innerWidth),
    "max_position_embeddings": \(positionCount), "type_vocab_size": 2, "hidden_act": "gelu",
    "layer_norm_eps": 1e-12, "pad_token_id": 0}
    """

  private static let shapes: [(name: String, shape: [Int])] = {
    var shapes: [(String, [Int])] = [
      ("embeddings.word_embeddings.weight", [words.count, width]),
      ("embeddings.position_embeddings.weight", [positionCount, width]),
      ("embeddings.token_type_embeddings.weight", [2, width]),
    ]
    let layer = "encoder.layer.0"
    for (name, from, to) in [
      ("attention.self.query", width, width), ("attention.self.key", width, width),
      ("attention.self.value", width, width), ("attention.output.dense", width, width),
      ("intermediate.dense", width, innerWidth), ("output.dense", innerWidth, width),
    ] {
      shapes += [("\(layer).\(name).weight", [to, from]), ("\(layer).\(name).bias", [to])]
    }
    for name in ["embeddings", "\(layer).attention.output", "\(layer).output"] {
      shapes += [
        ("\(name).LayerNorm.weight", [width]), ("\(name).LayerNorm.bias", [width]),
      ]
    }
    return shapes
  }()

  private static let weights: String = {
    var members: [JSONValue.Member] = []
    var bytes: [UInt8] = []
    var state: UInt32 = 9
    func next(_ count: UInt32) -> UInt8 {
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: (state >> 16) % count)
    }
    for (name, shape) in shapes {
      let start = bytes.count
      // From 0.06 to 1.
      for _ in 0..<shape.reduce(1, *) { bytes += [next(0x80), 0x2C + next(16)] }
      members.append(
        .init(
          name,
          [
            "dtype": "F16", "shape": .array(shape.map { .integer($0) }),
            "data_offsets": [.integer(start), .integer(bytes.count)],
          ]))
    }
    // A length of two bytes below 0x80.
    var header = Array(JSONValue.object(members).compact.utf8)
    let length = (header.count / 0x800 + 1) * 0x800
    header += Array(repeating: UInt8(ascii: " "), count: length - header.count)
    let prefix = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    return String(decoding: prefix + header + bytes, as: UTF8.self)
  }()
}
