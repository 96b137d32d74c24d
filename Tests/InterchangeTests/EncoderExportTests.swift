import Artifacts
import Diagnostics
import Fixtures
import Formats
import Foundation
import ModelKinds
import Models
import PipelineFixtures
import Pipelines
import Stages
import Testing

/// Fine-tuned encoders as folders for transformers: what is in them, and the way back.
@Suite(.timeLimit(.minutes(120)))
struct EncoderExportTests {
  private static let texts = [
    "a very lovely film", "A COLD moving song", "nothing of this was ever seen", "",
  ]
  private static let files = [
    "config.json", "model.safetensors", "vocab.txt", "tokenizer_config.json",
    "special_tokens_map.json", "model.json", "chain.safetensors",
  ]

  /// A fine-tuned toy that was exported.
  private struct Exported {
    let pipeline: TemporaryPipeline
    let result: PipelineResult
    let folder: String
    let names: [String]

    init(_ training: String) throws {
      pipeline = try ToyEncoder.pipeline()
      result = try pipeline.run(
        ToyEncoder.definition("epochs = 3\nlearning-rate = 0.01\n\(training)"))
      if let failure = result.failure { throw failure }
      folder = pipeline.folder.path("exported")
      names = try Self.write(result, to: folder)
    }

    static func write(_ result: PipelineResult, to folder: String) throws -> [String] {
      let model = try StoredModel(
        result.store.open(result.digest("train.model")), named: "train", in: .standard)
      return try model.export.init(model).write(to: folder)
    }

    func json(_ name: String) throws -> JSONValue {
      try JSONValue(
        parsing: String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8), file: name)
    }

    func imported() throws -> TextClassifier {
      let result = try pipeline.run(
        "[stage.again]\nkind = \"import-model\"\npath = \"exported\"\n")
      if let failure = result.failure { throw failure }
      return try TextClassifier(
        result.store.open(result.digest("again.model")), named: "again", in: .standard)
    }

    func trained() throws -> TextClassifier {
      try TextClassifier(
        result.store.open(result.digest("train.model")), named: "train", in: .standard)
    }
  }

  @Test func `the folder has what transformers and import-model read`() throws {
    let exported = try Exported("")
    #expect(exported.names.sorted() == Self.files.sorted())
    let configuration = try exported.json("config.json")
    #expect(configuration["architectures"]?.arrayValue == ["BertForSequenceClassification"])
    #expect(configuration["id2label"] == ["0": "bad", "1": "good"])
    #expect(configuration["label2id"] == ["bad": 0, "good": 1])
    let read = try Encoder.Configuration(huggingFace: configuration, file: "config.json")
    #expect(read.classCount == 2 && read.layerCount == 3 && read.dropout.hidden == 0.1)
    let words = try String(contentsOfFile: "\(exported.folder)/vocab.txt", encoding: .utf8)
    #expect(words == ToyEncoder.words.joined(separator: "\n") + "\n")
    let tokenizer = try exported.json("tokenizer_config.json")
    #expect(tokenizer["do_lower_case"]?.boolValue == true)
    #expect(tokenizer["model_max_length"]?.intValue == 16)
    let weights = try SafetensorsFile(path: "\(exported.folder)/model.safetensors")
    #expect(weights.metadata("format") == "pt")
    #expect(weights["bert.encoder.layer.2.output.dense.weight"]?.shape == [8, 12])
  }

  @Test(arguments: ["", "strategy = \"lora\"\nadapted = [\"query\", \"inner\"]\n"])
  func `what was exported and imported gives the answers that it gave`(_ training: String) throws {
    let exported = try Exported(training)
    var (before, after) = (try exported.trained(), try exported.imported())
    for text in Self.texts {
      for (a, b) in zip(before.classify(text).classes, after.classify(text).classes) {
        #expect(a.name == b.name && abs(a.probability - b.probability) < 2e-6, "\(text)")
      }
    }
  }

  @Test func `without this program's own files, the folder is read as one of transformers`() throws
  {
    let exported = try Exported("")
    for name in ["model.json", "chain.safetensors"] {
      try FileManager.default.removeItem(atPath: "\(exported.folder)/\(name)")
    }
    var (before, after) = (try exported.trained(), try exported.imported())
    #expect(after.classNames == before.classNames)
    for text in Self.texts {
      #expect(before.classify(text) == after.classify(text), "\(text)")
    }
  }

  @Test(arguments: [
    ("config.json", "\"id2label\"", "\"_id2label\"", "' does not name the classes of a classifier"),
    ("vocab.txt", "meal\n", "", "' has 20 entries, the encoder has 21"),
    ("vocab.txt", "[PAD]\n[UNK]", "[UNK]\n[PAD]", "' has another entry than [PAD] at 0"),
  ])
  func `a folder of transformers with one wrong thing is refused with that`(
    _ name: String, _ part: String, _ other: String, _ problem: String
  ) throws {
    let exported = try Exported("")
    for name in ["model.json", "chain.safetensors"] {
      try FileManager.default.removeItem(atPath: "\(exported.folder)/\(name)")
    }
    let path = "\(exported.folder)/\(name)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing(part, with: other).write(toFile: path, atomically: true, encoding: .utf8)
    do {
      _ = try exported.imported()
      Issue.record("it was read")
    } catch let error as Diagnostic {
      #expect(error.message.problem.contains(problem), "\(error.message.problem)")
    }
  }

  @Test func `an exported encoder is one to fine-tune`() throws {
    let exported = try Exported("strategy = \"head\"")
    let result = try exported.pipeline.run(
      ToyEncoder.definition("epochs = 1").replacing(
        "folder = \"encoder\"", with: "folder = \"exported\""))
    if let failure = result.failure { throw failure }
  }

  @Test func `adapters lie beside the model for PEFT`() throws {
    let exported = try Exported("strategy = \"lora\"\nrank = 2\nalpha = 6\n")
    #expect(exported.names.sorted() == (Self.files + ["adapter"]).sorted())
    let configuration = try exported.json("adapter/adapter_config.json")
    #expect(configuration["r"]?.intValue == 2 && configuration["lora_alpha"]?.doubleValue == 6)
    let pattern = try Regex(try #require(configuration["target_modules"]?.stringValue))
    let query = "bert.encoder.layer.1.attention.self.query"
    #expect(query.wholeMatch(of: pattern) != nil)
    #expect("bert.encoder.layer.1.attention.self.key".wholeMatch(of: pattern) == nil)
    let adapters = try SafetensorsFile(path: "\(exported.folder)/adapter/adapter_model.safetensors")
    #expect(adapters.entries.count == 3 * 2 * 2 + 4)
    #expect(adapters["base_model.model.\(query).lora_A.weight"]?.shape == [2, 8])
    #expect(adapters["base_model.model.bert.pooler.dense.weight"]?.shape == [8, 8])
    let merged = try SafetensorsFile(path: "\(exported.folder)/model.safetensors")
    #expect(!merged.entries.contains { Encoder.isAdapter($0.name) })
  }

  @Test func `an export without adapters takes away those of an older one`() throws {
    let older = try Exported("strategy = \"lora\"\n")
    let adapter = "\(older.folder)/adapter"
    #expect(FileManager.default.fileExists(atPath: adapter))
    let names = try Exported.write(Exported("").result, to: older.folder)
    #expect(names.sorted() == Self.files.sorted())
    #expect(!FileManager.default.fileExists(atPath: adapter))
  }

  @Test func `classes that read the mean of words are none of transformers'`() throws {
    let error = #expect(throws: Diagnostic.self) { _ = try Exported("pooling = \"mean\"") }
    #expect(error?.message.problem.hasPrefix("'train' has pooling = \"mean\"") == true)
  }
}
