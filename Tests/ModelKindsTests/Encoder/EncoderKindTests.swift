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
import Tensors
import Testing
import Training

/// A pre-trained encoder as a model of `train`: what each strategy moves, and what is refused.
@Suite(.timeLimit(.minutes(120)))
struct EncoderKindTests {
  private func run(
    _ training: String, on pipeline: TemporaryPipeline? = nil, cores: Int = 1
  ) throws -> PipelineResult {
    let result = try (pipeline ?? ToyEncoder.pipeline()).run(
      ToyEncoder.definition(training), cores: cores)
    if let failure = result.failure { throw failure }
    return result
  }

  /// The parameters of a trained model that are no longer as in the encoder's folder.
  private func moved(_ result: PipelineResult) throws -> [String] {
    let trained = try result.tensors("train.model")
    let start = try SafetensorsFile(path: result.folder.path("encoder/model.safetensors"))
    return try ToyEncoder.encoder(classCount: 2).layout.entries.map(\.name).filter { name in
      let (new, old): ([Float], [Float]) = (try trained.values(name), try start.values(name))
      return new != old
    }
  }

  private static let head = [
    "bert.pooler.dense.weight", "bert.pooler.dense.bias", "classifier.weight", "classifier.bias",
  ]

  private static func isBelow(_ layer: Int, _ name: String) -> Bool {
    ToyEncoder.encoder(classCount: 2).depth(of: name) <= layer
  }

  @Test(arguments: [
    ("strategy = \"head\"", 3), ("strategy = \"last\"\nlast-layers = 1", 2),
    ("strategy = \"last\"\nlast-layers = 9", -1), ("strategy = \"gradual\"\nepochs = 1", 3),
    ("strategy = \"gradual\"\nepochs = 2", 2), ("strategy = \"gradual\"\nepochs = 5", -1),
    ("strategy = \"gradual\"\nlayers-per-epoch = 2\nepochs = 2", 1),
    ("strategy = \"full\"", -1), ("strategy = \"lora\"", 3),
    ("freeze = \"bert.embeddings.*\"", 0),
  ])
  func `what a strategy freezes stays byte for byte, and all else moves`(
    _ training: String, _ highest: Int
  ) throws {
    let result = try run(
      "average = \"last\"\naverage-epochs = 1\nlearning-rate = 0.01\n" + training)
    let names = ToyEncoder.encoder(classCount: 2).layout.entries.map(\.name)
    #expect(try moved(result) == names.filter { !Self.isBelow(highest, $0) })
  }

  @Test func `adapters learn beside weights that stay`() throws {
    let result = try run(
      "strategy = \"lora\"\nrank = 3\nadapted = [\"key\", \"outer\"]\nepochs = 2\naverage = \"last\""
    )
    let tensors = try result.tensors("train.model")
    let adapters = tensors.entries.map(\.name).filter(Encoder.isAdapter)
    #expect(adapters.count == 3 * 2 * 2)
    #expect(
      tensors["bert.encoder.layer.2.output.dense.lora_A.weight"]?.shape == [3, 12])
    for name in adapters {
      let values: [Float] = try tensors.values(name)
      #expect(values.contains { $0 != 0 }, "\(name)")
    }
  }

  @Test func `a layer rate lets lower layers move less`() throws {
    func distance(_ rate: String) throws -> [Double] {
      let result = try ToyEncoder.pipeline().run(
        ToyEncoder.definition(
          "\(rate)\nepochs = 1\nschedule = \"constant\"\nwarmup-share = 0\nweight-decay = 0\n"
            + "average = \"last\""
        ).replacing("batch-size = 8", with: "batch-size = 100"))
      if let failure = result.failure { throw failure }
      let trained = try result.tensors("train.model")
      let start = try SafetensorsFile(path: result.folder.path("encoder/model.safetensors"))
      return try (0..<3).map { layer in
        let name = "bert.encoder.layer.\(layer).output.dense.bias"
        let (new, old): ([Float], [Float]) = (try trained.values(name), try start.values(name))
        return Double(zip(new, old).reduce(0) { max($0, abs($1.0 - $1.1)) })
      }
    }
    let (plain, slower) = (try distance("layer-rate = 1"), try distance("layer-rate = 0.5"))
    // Adam's first step is as long as the rate.
    for layer in 0..<3 {
      #expect(abs(slower[layer] - plain[layer] * [0.25, 0.5, 1][layer]) < 1e-6)
    }
  }

  @Test(arguments: ["full", "head", "last", "gradual", "lora"])
  func `cores and a stop between epochs change no byte`(_ strategy: String) throws {
    let endless = "strategy = \"\(strategy)\"\nschedule = \"constant\"\nwarmup-share = 0\n"
    let whole = try run(endless + "epochs = 3", cores: 1)
    let pipeline = try ToyEncoder.pipeline()
    for epochs in 1...3 {
      _ = try run(endless + "epochs = \(epochs)", on: pipeline, cores: epochs)
    }
    let resumed = try run(endless + "epochs = 3", on: pipeline)
    #expect(try whole.digest("train.model") == resumed.digest("train.model"))
    #expect(try whole.digest("train.checkpoint") == resumed.digest("train.checkpoint"))
  }

  @Test(arguments: ["", "strategy = \"lora\"\n", "pooling = \"mean\"\n", "pooling = \"first\"\n"])
  func `it learns, is scored, and answers a text as it answers its row`(_ options: String) throws {
    let result = try run(
      "\(options)learning-rate = 0.01\nepochs = 40\ndropout = 0\naverage = \"last\"")
    let history = try #require(History(json: try result.json("train.history")))
    #expect(try #require(history.epochs.first).loss > 0.4)
    #expect(try #require(history.epochs.last).loss < 0.3)
    #expect(try #require(result.json("evaluate.scores")["accuracy"]?.doubleValue) > 0.5)
    var classifier = try result.classifier()
    try result.expectAnswers(of: &classifier)
    #expect(classifier.classify("").classes.count == 2)
    #expect(!classifier.effects(of: "a lovely film", for: "good", against: "bad").isEmpty)
  }

  @Test func `the folder's path is not in the key, its weights are`() throws {
    let pipeline = try ToyEncoder.pipeline()
    let first = try run("epochs = 1", on: pipeline)
    try ToyEncoder.write(to: pipeline.folder, "elsewhere")
    let moved = try pipeline.run(
      ToyEncoder.definition("epochs = 1").replacing(
        "folder = \"encoder\"", with: "folder = \"elsewhere\""))
    #expect(try moved.keyText("train") == first.keyText("train"))
    let lines = StageKey.lines(of: try first.keyText("train")).map(\.name)
    #expect(lines.contains("encoder-weights") && lines.contains("encoder-configuration"))
    for name in ["no-decay", "warmup-share", "bias-correction"] { #expect(!lines.contains(name)) }
  }

  @Test func `rows of another vocabulary are refused`() throws {
    let words = """
      [stage.words]
      kind = "learn-vocabulary"
      from = "split.train"
      boundaries = true

      """
    let definition = ToyEncoder.definition("").replacing(
      "vocabulary = \"vocabulary\"", with: "vocabulary = \"words\"")
    let result = try ToyEncoder.pipeline().run("\(definition)\n\(words)")
    let problem = try #require(result.failure?.message.problem)
    #expect(problem.hasPrefix("the rows are numbered by a vocabulary of "))
    #expect(problem.hasSuffix(" entries that is not the encoder's, of 21"))
  }

  @Test func `rows longer than the positions are refused with the row`() throws {
    let pipeline = try ToyEncoder.pipeline()
    let long = Array(repeating: "very", count: 20).joined(separator: " ")
    let rows = try String(contentsOfFile: pipeline.folder.path("reviews.csv"), encoding: .utf8)
    try pipeline.folder.write("reviews.csv", rows + "good,\(long)\nbad,\(long)\n")
    try ToyEncoder.write(to: pipeline.folder, "wide")
    try pipeline.folder.write(
      "wide/config.json", ToyEncoder.configuration.replacing("16", with: "64"))
    let definition = ToyEncoder.definition("").replacing(
      "encoder = \"encoder\"", with: "encoder = \"wide\"")
    let problem = try #require(try pipeline.run(definition).failure?.message.problem)
    #expect(problem.hasSuffix("has 20 tokens, and the network reads 14"))
  }

  @Test(arguments: [
    ("strategy = \"head\"\nlayer-rate = 0.9", "layer-rate means nothing to strategy = \"head\""),
    ("last-layers = 2", "last-layers means nothing to strategy = \"full\""),
    ("layers-per-epoch = 2", "layers-per-epoch means nothing to strategy = \"full\""),
    ("rank = 4", "rank means nothing to strategy = \"full\""),
    ("strategy = \"last\"\nadapted = \"key\"", "adapted means nothing to strategy = \"last\""),
    (
      "strategy = \"lora\"\nadapted = \"values\"",
      "a layer has no part 'values'; did you mean 'value'?"
    ),
    ("strategy = \"lora\"\nadapted = []", "adapted names no part of a layer"),
    ("strategy = \"frozen\"", "'frozen' is no strategy"),
    ("pooling = \"max\"", "'max' is no pooling"),
    ("vectors = \"x.vec\"", "vectors means nothing"),
    (
      "strategy = \"head\"\nfreeze = [\"classifier.*\", \"*pooler*\"]",
      "every parameter is frozen: there is nothing to train"
    ),
  ])
  func `options that do not go together are refused before anything runs`(
    _ options: String, _ problem: String
  ) throws {
    let problems = try ToyEncoder.pipeline().problems(ToyEncoder.definition(options))
    #expect(problems.count == 1)
    #expect(try #require(problems.first).message.problem.hasPrefix(problem))
  }

  @Test func `a folder that is no encoder is refused before anything runs`() throws {
    let pipeline = try ToyEncoder.pipeline()
    try pipeline.folder.write("empty/readme.txt", "no encoder")
    func problem() throws -> String? {
      let problems = pipeline.problems(
        ToyEncoder.definition("").replacing(
          "folder = \"encoder\"", with: "folder = \"empty\""))
      return problems.count == 1 ? problems.first?.message.problem : "\(problems.count) problems"
    }
    #expect(try problem()?.hasSuffix("' has no file 'config.json'") == true)
    try pipeline.folder.write("empty/config.json", ToyEncoder.configuration)
    #expect(try problem()?.hasSuffix("' has no file 'model.safetensors'") == true)
    try pipeline.folder.write("empty/model.safetensors", "cut short")
    #expect(try problem()?.hasSuffix("' has neither tokenizer.json nor vocab.txt") == true)
    try pipeline.folder.write(
      "empty/config.json", ToyEncoder.configuration.replacing("\"bert\"", with: "\"roberta\""))
    #expect(try problem()?.contains("model_type") == true)
  }

  @Test func `a configuration that no encoder can have gives none`() {
    var adapted = ToyEncoder.encoder(classCount: 2).configuration
    adapted.adapters = Encoder.LowRankAdapters()
    (adapted.start, adapted.end) = (2, 3)
    let json = EncoderKind.configuration(of: Encoder(adapted))
    #expect(EncoderKind.network(json)?.configuration == adapted)
    for member in json.objectValue ?? [] {
      for value in [.integer(-1), .string("?"), .array([.integer(0)])] as [JSONValue] {
        let members = (json.objectValue ?? []).map {
          $0.name == member.name ? JSONValue.Member($0.name, value) : $0
        }
        #expect(EncoderKind.network(.object(members)) == nil, "\(member.name) \(value.compact)")
      }
    }
  }
}
