import Artifacts
import Files
import Fixtures
import Formats
import ModelKinds
import PipelineFixtures
import Pipelines
import Stages
import Testing
import Views

/// Artifacts that are not what they were, though the store takes their bytes for sound.
struct DamagedArtifactsTests {
  @Test func `a damaged artifact of any type is shown or refused`() throws {
    let (pipeline, result) = try Self.trained()
    for (output, type) in try Self.outputs(of: result) {
      let whole = try result.bytes(output)
      // Every prefix and bit of a large one is for the night.
      let every = Effort.isNightly || whole.count < 300 ? Array(EveryDamage(to: whole)) : []
      for copy in Array(DamagedCopies(of: whole, count: 60)) + every.map(\.bytes) {
        var draft = try pipeline.store.makeDraft()
        try draft.write(copy)
        let object = try draft.commit()
        let stored = RecordedOutput(
          port: type, type: type, digest: object.digest, byteCount: object.byteCount)
        let record = try result.record(String(output.prefix { $0 != "." }))
        let artifact = ShownArtifact(stored, of: record, in: pipeline.store)
        guard let view = try? ArtifactViews.view(of: artifact) else { continue }
        _ = view.summary(width: 80)
        _ = view.text(width: 80)
        _ = view.json.compact
      }
    }
  }

  @Test func `a damaged model answers or is refused`() throws {
    let (pipeline, result) = try Self.trained()
    let whole = try result.bytes("train.model")
    var answeredCount = 0
    for copy in DamagedCopies(of: whole, count: 300, seed: 2) {
      var draft = try pipeline.store.makeDraft()
      try draft.write(copy)
      let file = try pipeline.store.open(try draft.commit().digest)
      guard var classifier = try? TextClassifier(file, named: "damaged", in: .standard) else {
        continue
      }
      _ = classifier.classify("a lovely film")
      answeredCount += 1
    }
    #expect(answeredCount > 0)
  }

  private static func trained() throws -> (TemporaryPipeline, PipelineResult) {
    let pipeline = try Toy.pipeline()
    let result = try pipeline.run(Toy.definition("epochs = 1"))
    if let failure = result.failure { throw failure }
    return (pipeline, result)
  }

  /// One output of each type.
  private static func outputs(of result: PipelineResult) throws -> [(output: String, type: String)]
  {
    var found: [String: String] = [:]
    for stage in result.plan.stages {
      for port in stage.outputs { found[port.type.name] = "\(stage.name).\(port.name)" }
    }
    try #require(found.count > 4, "\(found)")
    return found.sorted { $0.key < $1.key }.map { ($0.value, $0.key) }
  }
}
