import Diagnostics
import Fixtures
import Foundation
import PipelineFixtures
import Pipelines
import Stages
import Sweeps
import Testing

/// Sweeps rank by what a model is really scored by, and know which way is better.
@Suite struct ModelScoresTests {
  private static func problems(_ definition: String, best: String) -> [Diagnostic] {
    let text =
      definition + """

        [stage.evaluate]
        from = "binarize.valid"
        model = "train"

        [sweep.seeds]
        seeds = 2
        best = "\(best)"
        """
    return Plan.check(
      Array(text.utf8), file: "pipeline.toml", overlay: [], catalog: .standard
    ).problems
  }

  private static let translator = ToyPairs.definition("epochs = 1")

  @Test(arguments: ["perplexity", "nll", "loss"])
  func `a translator is ranked by what it gives pairs`(score: String) {
    #expect(Self.problems(Self.translator, best: "evaluate.\(score) min").isEmpty)
  }

  @Test func `a classifier's score is refused for a translator, with those there are`() {
    let found = Self.problems(Self.translator, best: "evaluate.macro-f1 max")
    #expect(found.map(\.message.problem) == ["'evaluate' gives no score 'macro-f1'"])
    #expect(found.first?.message.remedy == "use one of perplexity, nll, loss")
  }

  @Test func `the worst point is not taken for the best without a warning`() {
    let found = Self.problems(Self.translator, best: "evaluate.perplexity max")
    #expect(found.map(\.severity) == [.warning])
    #expect(
      found.first?.message.problem
        == "best = \"evaluate.perplexity max\" picks the worst point: lower perplexity is better")
    #expect(found.first?.message.remedy == "write \"evaluate.perplexity min\"")
  }

  @Test func `no shipped sweep picks its winner on the test part`() throws {
    var found: [String] = []
    let folder = Folders.project.appending(path: "pipelines")
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let bytes = try Array(Data(contentsOf: folder.appending(path: file)))
      guard case .plan(let plan) = Plan.read(bytes, file: file, overlay: [], catalog: .standard)
      else { continue }
      for sweep in plan.definition.sweeps {
        let reading = SweepPlan.read(bytes, file: file, overlay: [], catalog: .standard) { _ in
          sweep
        }
        guard case .plan(let planned) = reading else {
          Issue.record("\(file): \(reading)")
          continue
        }
        found.append("\(plan.definition.name).\(sweep.name)")
        #expect(Self.part(scoredBy: planned.objective.stage, in: plan) == "valid", "\(file)")
      }
    }
    #expect(found.contains("translate-en-fr-sweep.settings"))
  }

  /// The part of a split whose rows a stage scores, directly or as they were translated.
  private static func part(scoredBy name: String, in plan: Plan) -> String? {
    var stage = plan[name]
    while let source = stage?.inputs.first(where: { $0.name == "from" })?.source {
      if source.isOneOfSeveral { return source.port.name }
      stage = plan.stages[source.stage]
    }
    return nil
  }

  @Test func `without best a translator's sweep goes by its lowest perplexity`() throws {
    let text =
      Self.translator + """

        [stage.evaluate]
        from = "binarize.valid"
        model = "train"

        [sweep.seeds]
        seeds = 2
        """
    let reading = SweepPlan.read(
      Array(text.utf8), file: "pipeline.toml", overlay: [], catalog: .standard
    ) { $0.definition.sweeps[0] }
    guard case .plan(let plan) = reading else {
      Issue.record("\(reading)")
      return
    }
    #expect(plan.objective.name == "evaluate.perplexity")
    #expect(plan.objective.direction == .min)
  }
}
