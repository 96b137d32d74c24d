import Artifacts
import Datasets
import Formats
import ModelKinds
import PipelineFixtures
import Pipelines
import Stages
import Testing

/// Stages that answer with a network whose products are rounded.
@Suite(.timeLimit(.minutes(10)))
struct AnsweringPrecisionTests {
  /// A stage whose last option may be a precision.
  struct Answering: CustomTestStringConvertible, Sendable {
    let stage: String
    let output: String
    let run: @Sendable (_ option: String, _ cores: Int) throws -> PipelineResult

    var testDescription: String { stage }
  }

  static let stages = [
    Answering(stage: "predict", output: "predict") { option, cores in
      try Toy.pipeline().run(
        Toy.definition("epochs = 2") + """

          [stage.predict]
          from = "split.test"
          model = "train"
          prefix = "said-"
          probabilities = true
          \(option)
          """, cores: cores)
    },
    Answering(stage: "encode", output: "encode.train") { option, cores in
      try Toy.pipeline(adding: TinyEncoder.files())
        .run(EncodeTests.definition(encoding: option), cores: cores)
    },
    Answering(stage: "translate", output: "translate") { option, cores in
      try PreparedPairs.run("\(PreparedPairs.translate("load"))\n\(option)", cores: cores)
    },
  ]

  @Test(arguments: stages)
  func `precision changes the answers, and is in the key unless it has its default`(
    _ answering: Answering
  ) throws {
    func result(_ option: String) throws -> PipelineResult {
      let result = try answering.run(option, 1)
      if let failure = result.failure { throw failure }
      return result
    }
    func hasPrecision(_ result: PipelineResult) throws -> Bool {
      StageKey.lines(of: try result.keyText(answering.stage)).contains { $0.name == "precision" }
    }
    let (without, rounded) = try (result(""), result("precision = \"bfloat16\""))
    #expect(try hasPrecision(rounded) && !hasPrecision(without))
    #expect(try rounded.digest(answering.output) != without.digest(answering.output))
    let spelled = try result("precision = \"float32\"")
    #expect(try spelled.keyText(answering.stage) == without.keyText(answering.stage))
  }

  @Test(arguments: stages, ["float32", "bfloat16"])
  func `the number of cores changes no byte of the answers`(
    _ answering: Answering, _ precision: String
  ) throws {
    let digests = try [1, 2, 3].map { cores in
      try answering.run("precision = \"\(precision)\"", cores).digest(answering.output)
    }
    #expect(Set(digests).count == 1)
  }

  @Test func `an encoder that made features keeps to their precision`() throws {
    let result = try Toy.pipeline(adding: TinyEncoder.files())
      .run(EncodeTests.definition(encoding: "precision = \"bfloat16\""))
    if let failure = result.failure { throw failure }
    let artifact = try EncoderArtifact(
      result.store.open(result.digest("encode.encoder")), named: "encode", in: .standard)
    let features = try Dataset(result.tensors("encode.train"))
    let examples = try (0..<features.count).map { try features.ids(ofRow: $0) }
    let stored = try features.withFeatures { values in values.indices.map { values[$0] } }
    var made: [Float] = []
    for ids in examples { made += try artifact.encoder.vector(of: ids) }
    #expect(zip(made, stored).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(artifact.encoder.architecture["precision"]?.stringValue == "bfloat16")
  }
}
