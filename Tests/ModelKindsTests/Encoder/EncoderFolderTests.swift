import Diagnostics
import Files
import Fixtures
import Formats
import Foundation
import ModelKinds
import Models
import Tensors
import Testing

/// Folders of encoders: what is read, and the one error for each wrong thing.
struct EncoderFolderTests {
  @Test(arguments: [ElementType.float32, .float16, .bfloat16], Encoder.Family.allCases)
  func `weights of any type and under old names are read`(
    type: ElementType, family: Encoder.Family
  ) throws {
    for (prefix, isOld) in [("\(family.rawValue).", false), ("", false), ("", true)] {
      let folder = try SmallEncoderFolder(family)
      try folder.writeWeights(as: type) { name in
        var name =
          name.hasPrefix(folder.prefix) ? prefix + name.dropFirst(folder.prefix.count) : name
        if isOld, name.lowercased().contains("norm") {
          name = name.replacing(".weight", with: ".gamma").replacing(".bias", with: ".beta")
        }
        return name
      }
      let (encoder, weights) = try GoldenEncoder.read(
        folder.url, pooling: .pooled, head: .read)
      let error: Float = type == .float32 ? 0 : type == .float16 ? 1e-3 : 1e-2
      for entry in encoder.layout.entries {
        let (found, stored) = (weights[entry].array, folder.weights[entry].array)
        #expect(zip(found, stored).allSatisfy { abs($0 - $1) <= error * abs($1) + error * 1e-3 })
      }
    }
  }

  @Test func `a new head is drawn, and the layer below it where the file has none`() throws {
    let folder = try SmallEncoderFolder(.bert)
    try folder.writeWeights { $0.contains("pooler") ? nil : $0 }
    let encoder = folder.encoder
    let (weights, drawn) = try folder.parameters(head: .drawn)
    #expect(
      drawn == [
        "bert.pooler.dense.weight", "bert.pooler.dense.bias", "classifier.weight",
        "classifier.bias",
      ])
    let drawnWeight = try #require(encoder.layout["classifier.weight"])
    #expect(weights[drawnWeight].array != folder.weights[drawnWeight].array)
    #expect(weights[drawnWeight].array.contains { $0 != 0 })
    #expect(throws: (any Error).self) { try folder.parameters(head: .unused) }
  }

  @Test func `tensors of other tasks and numbers of places are left out`() throws {
    let folder = try SmallEncoderFolder(.bert)
    try folder.writeWeights(
      adding: [
        .init("bert.embeddings.position_ids", .float32, shape: [1, 9]),
        .init("cls.predictions.bias", .float32, shape: [20]),
        .init("cls.seq_relationship.weight", .float32, shape: [2, 12]),
      ]) { $0 }
    #expect(try folder.parameters(head: .read).drawn.isEmpty)
  }

  @Test(arguments: [
    ("bert.encoder.layer.1.output.dense.weight", "has no tensor"),
    ("classifier.bias", "has no tensor 'classifier.bias'"),
  ])
  func `a missing tensor is named`(name: String, expected: String) throws {
    let folder = try SmallEncoderFolder(.bert)
    try folder.writeWeights { $0 == name ? nil : $0 }
    try folder.expectError(expected, name)
  }

  @Test func `a tensor of another shape, another type or without a place is named`() throws {
    let folder = try SmallEncoderFolder(.bert)
    try folder.writeWeights(
      adding: [
        .init("bert.encoder.layer.0.attention.self.distance_embedding.weight", .float32, shape: [3])
      ]) { $0 }
    try folder.expectError("distance_embedding", "has no place")
    try folder.writeWeights(adding: [.init("bert.pooler.dense.weight", .float32, shape: [12, 13])])
    {
      $0 == "bert.pooler.dense.weight" ? nil : $0
    }
    try folder.expectError("'bert.pooler.dense.weight' with shape [12, 13]", "[12, 12]")
    try folder.writeWeights(adding: [.init("classifier.bias", .float64, shape: [3])]) {
      $0 == "classifier.bias" ? nil : $0
    }
    try folder.expectError("'classifier.bias' as F64")
  }

  @Test func `a truncated file and an absurd header are no crash`() throws {
    let folder = try SmallEncoderFolder(.bert)
    try folder.writeWeights { $0 }
    let whole = [UInt8](try Data(contentsOf: folder.url.appending(path: "model.safetensors")))
    for bytes in [
      Array(whole.dropLast(5)), Array(whole.prefix(100)), Array(whole.prefix(3)),
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F] + whole.dropFirst(8),
    ] {
      try folder.folder.write("model.safetensors", bytes: bytes)
      try folder.expectError("is not a whole safetensors file")
    }
  }

  /// A line of a configuration put in the place of another, or added.
  @Test(arguments: [
    ("position_embedding_type", "\"relative_key\"", "position_embedding_type = \"relative_key\""),
    ("hidden_act", "\"swish\"", "hidden_act = \"swish\""),
    ("hidden_act", "3", "hidden_act = 3"),
    ("model_type", "\"roberta\"", "model_type = \"roberta\""),
    ("is_decoder", "true", "is_decoder = true"),
    ("add_cross_attention", "true", "add_cross_attention = true"),
    ("embedding_size", "128", "embedding_size = 128"),
    ("pruned_heads", "{\"0\":[1]}", "pruned_heads"),
    ("problem_type", "\"regression\"", "problem_type = \"regression\""),
    ("hidden_size", "0", "hidden_size = 0"),
    ("hidden_size", "13", "hidden_size = 13 is no multiple of num_attention_heads = 3"),
    ("vocab_size", "1e99", "vocab_size"),
    ("vocab_size", "null", "has no 'vocab_size'"),
    ("num_hidden_layers", "-4", "num_hidden_layers = -4"),
    ("num_hidden_layers", "1000000000", "num_hidden_layers = 1000000000"),
    ("hidden_dropout_prob", "1.5", "hidden_dropout_prob = 1.5"),
    ("layer_norm_eps", "-1", "layer_norm_eps = -1"),
    ("pad_token_id", "20", "pad_token_id = 20"),
  ])
  func `a configuration that is not supported is refused by name`(
    name: String, value: String, expected: String
  ) throws {
    let folder = try SmallEncoderFolder(.bert)
    try folder.writeConfiguration([name: value])
    try folder.writeWeights { $0 }
    try folder.expectError(expected, "config.json")
  }

  @Test func `a configuration that says more of the same is read`() throws {
    let folder = try SmallEncoderFolder(.bert)
    try folder.writeConfiguration([
      "position_embedding_type": "\"absolute\"", "pruned_heads": "{}", "is_decoder": "false",
      "use_cache": "true", "_name_or_path": "\"x\"", "torch_dtype": "\"float32\"",
      "hidden_act": "\"gelu_new\"", "classifier_dropout": "0.25",
    ])
    let configuration = try folder.configuration()
    #expect(configuration.activation == .geluTanh)
    #expect(configuration.dropout.classifier == 0.25)
    #expect(configuration.classCount == 3)
  }

  @Test func `a vocabulary of another size is named`() throws {
    let folder = try SmallEncoderFolder(.bert)
    let configuration = try folder.configuration()
    try configuration.requireVocabulary(count: 20, file: "vocab.txt")
    #expect {
      try configuration.requireVocabulary(count: 19, file: "vocab.txt")
    } throws: { "\($0)".contains("'vocab.txt' has 19 entries, the encoder has 20") }
  }
}

/// A folder with a small encoder of random weights.
private struct SmallEncoderFolder {
  let folder: TemporaryFolder
  let encoder: Encoder
  let weights: ParameterBuffer
  var url: URL { folder.url }
  var prefix: String { "\(encoder.configuration.family.rawValue)." }

  init(_ family: Encoder.Family) throws {
    folder = try TemporaryFolder()
    var configuration = Encoder.Configuration(vocabularySize: 20, classCount: 3)
    configuration.family = family
    configuration.width = 12
    configuration.layerCount = 2
    configuration.headCount = 3
    configuration.innerWidth = 20
    configuration.positionCount = 9
    configuration.segmentCount = family == .bert ? 2 : 0
    encoder = Encoder(configuration)
    weights = ParameterBuffer(encoder.layout, initializedFrom: RandomSource(seed: 2))
    try writeConfiguration([:])
  }

  /// Writes the configuration with some members that are others.
  func writeConfiguration(_ others: [String: String]) throws {
    var members =
      encoder.configuration.family == .bert
      ? [
        "model_type": "\"bert\"", "hidden_size": "12", "num_hidden_layers": "2",
        "num_attention_heads": "3", "intermediate_size": "20", "type_vocab_size": "2",
      ]
      : [
        "model_type": "\"distilbert\"", "dim": "12", "n_layers": "2", "n_heads": "3",
        "hidden_dim": "20", "sinusoidal_pos_embds": "false",
      ]
    members["vocab_size"] = "20"
    members["max_position_embeddings"] = "9"
    members["id2label"] = "{\"0\": \"a\", \"1\": \"b\", \"2\": \"c\"}"
    members.merge(others) { $1 }
    let lines = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    try folder.write("config.json", "{\n\(lines.joined(separator: ",\n"))\n}\n")
  }

  /// Writes the weights under the names that `name` gives; nil leaves a tensor out.
  func writeWeights(
    as type: ElementType = .float32, adding others: [SafetensorsWriter.Declaration] = [],
    _ name: (String) -> String?
  ) throws {
    var places: [String: ParameterLayout.Entry] = [:]
    for entry in encoder.layout.entries { if let name = name(entry.name) { places[name] = entry } }
    let writer = SafetensorsWriter(
      places.map { .init($0.key, type, shape: $0.value.shape.extents) } + others)
    var bytes = writer.header
    for declaration in writer.declarations {
      guard let entry = places[declaration.name] else {
        bytes += [UInt8](repeating: 0, count: declaration.byteCount)
        continue
      }
      for value in weights[entry].array {
        switch type {
        case .float16: bytes += littleEndian(Float16(value).bitPattern)
        case .bfloat16: bytes += littleEndian(UInt16(value.bitPattern >> 16))
        default: bytes += littleEndian(value.bitPattern)
        }
      }
    }
    try folder.write("model.safetensors", bytes: bytes)
  }

  func configuration() throws -> Encoder.Configuration {
    let path = folder.path("config.json")
    return try Encoder.Configuration(
      huggingFace: JSONValue(parsing: Array(Data(contentsOf: URL(filePath: path))), file: path),
      file: path)
  }

  func parameters(
    head: EncoderTensors.Head
  ) throws -> (weights: ParameterBuffer, drawn: [String]) {
    try EncoderTensors(SafetensorsFile(reading: folder.path("model.safetensors"))).parameters(
      for: encoder, head: head, drawnFrom: RandomSource(seed: 9))
  }

  /// Expects the folder to be refused with an error that says all this.
  func expectError(
    _ expected: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    do {
      _ = try GoldenEncoder.read(url, pooling: .pooled, head: .read)
      Issue.record("nothing is refused: \(expected)", sourceLocation: sourceLocation)
    } catch let error as Diagnostic {
      let text = "\(error)"
      #expect(expected.allSatisfy(text.contains), "\(text)", sourceLocation: sourceLocation)
      #expect(text.contains("try: "), sourceLocation: sourceLocation)
    }
  }
}

private func littleEndian<Bits: FixedWidthInteger>(_ bits: Bits) -> [UInt8] {
  (0..<Bits.bitWidth / 8).map { UInt8(truncatingIfNeeded: bits >> Bits($0 * 8)) }
}
