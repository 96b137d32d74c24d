import Fixtures
import Formats
import PipelineFixtures
import Pipelines
import Stages
import Testing

/// Options of training that came after keys had been made without them.
@Suite(.timeLimit(.minutes(120)))
struct TrainingOptionTests {
  private static let plain = "epochs = 2\noptimizer = \"adamw\"\nweight-decay = 0.5"

  private func keyNames(_ result: PipelineResult) throws -> [String] {
    StageKey.lines(of: try result.keyText("train")).map(\.name)
  }

  @Test(arguments: [
    ("bias-correction = false", "bias-correction = true"),
    ("no-decay = \"*.bias\"", "no-decay = []"),
    ("warmup-share = 0.5", "warmup-share = 0"),
    ("precision = \"bfloat16\"", "precision = \"float32\""),
  ])
  func `an option changes what is learnt, and is in the key unless it has its default`(
    _ option: String, _ standard: String
  ) throws {
    let pipeline = try Toy.pipeline()
    let without = try pipeline.run(Toy.definition(Self.plain))
    let with = try pipeline.run(Toy.definition("\(Self.plain)\n\(option)"))
    if let failure = with.failure { throw failure }
    let name = try #require(option.split(separator: " ").first.map(String.init))
    #expect(try keyNames(with).contains(name))
    #expect(try !keyNames(without).contains(name))
    #expect(try with.digest("train.model") != without.digest("train.model"))
    let spelled = try pipeline.run(Toy.definition("\(Self.plain)\n\(standard)"))
    #expect(try spelled.keyText("train") == without.keyText("train"))
  }

  @Test(arguments: ["micro-batch-size = 3", "micro-batch-tokens = 20"])
  func `micro-batches are in the key, and what is learnt is nearly that of whole batches`(
    _ option: String
  ) throws {
    let pipeline = try Toy.pipeline()
    let plain = "\(Self.plain)\ndropout = 0"
    let whole = try pipeline.run(Toy.definition(plain))
    let pieces = try pipeline.run(Toy.definition("\(plain)\n\(option)"))
    if let failure = pieces.failure { throw failure }
    let name = try #require(option.split(separator: " ").first.map(String.init))
    #expect(try keyNames(pieces).contains(name) && !keyNames(whole).contains(name))
    for tensor in ["embedding.weight", "classes.weight"] {
      let a: [Float] = try whole.tensors("train.model").values(tensor)
      let b: [Float] = try pieces.tensors("train.model").values(tensor)
      #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-3 })
    }
  }

  @Test func `a warm-up by share makes the number of epochs part of the key`() throws {
    let pipeline = try Toy.pipeline()
    let lines = try ["epochs = 1", "epochs = 2"].map { epochs in
      let result = try pipeline.run(Toy.definition("\(epochs)\nwarmup-share = 0.2"))
      return StageKey.lines(of: try result.keyText("train")).first { $0.name == "epochs" }?.value
    }
    #expect(lines[0] != lines[1])
  }
}
