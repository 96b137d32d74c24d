import Diagnostics
import Files
import Fixtures
import Formats
import Foundation
import Tensors
import Testing
import Training

struct DamagedTrainingTests {
  private static let model = MeanClassifier(
    vocabularySize: Sample.vocabularySize, classCount: Sample.classCount, dropProbability: 0.3)

  @Test func `a damaged checkpoint is told from a sound one, and never ends the program`() throws {
    let folder = try TemporaryFolder()
    let options = TrainingOptions(
      epochs: 2, rule: Adam(), averaging: WeightAveraging(.last, of: 2))
    let result = try Trainer(Self.model, options, cores: 1, blas: .opened).fit(
      Sample(rows: 20).examples)
    let whole = Array(try folder.bytes(of: result.endState()))
    for copy in DamagedCopies(of: whole, count: 300) where copy != whole {
      let path = try folder.write("damaged.safetensors", bytes: copy)
      _ = try? TrainingState.read(
        SafetensorsFile(path: path), layout: Self.model.layout, rule: options.rule)
    }
    let checkpoints = try folder.checkpoints("damaged")
    try folder.write("damaged/checkpoint.safetensors", bytes: Array(whole.dropLast(4)))
    #expect(!checkpoints.hasState(for: Self.model.layout, options.rule))
  }

  @Test func `a damaged history is one or none`() {
    let history = History(epochs: [
      EpochRecord(
        epoch: 1, loss: 0.5, scores: ["loss": 0.25, "accuracy": 1], rate: 1e-3, gradientNorm: 2,
        steps: 7, rows: 50, tokens: 300)
    ])
    for copy in DamagedCopies(of: Array(history.json.pretty.utf8), count: 3_000) {
      guard let json = try? JSONValue(parsing: copy, file: "f") else { continue }
      guard let read = History(json: json) else { continue }
      _ = Monitor(score: "accuracy").best(in: read.epochs)
      _ = read.json
    }
  }

  @Test func `shapes are compared before memory is taken for them`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("small.safetensors")
    var file = try OutputFile(path)
    try ParameterBuffer(Self.model.layout).write(into: &file)
    try file.commit()
    let huge = MeanClassifier(
      vocabularySize: Int.max / 8, classCount: Sample.classCount, dropProbability: 0.3)
    #expect(throws: Diagnostic.self) {
      try ParameterBuffer(huge.layout, from: SafetensorsFile(path: path))
    }
  }
}
