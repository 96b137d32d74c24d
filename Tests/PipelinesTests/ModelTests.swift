import Fixtures
import Pipelines
import Testing
import ToyStages

/// The engine against a plain evaluator: every artifact, and the least work, after any history.
@Suite struct ModelTests {
  @Test(arguments: 0..<UInt64(24))
  func `after random edits and failures every artifact is right and nothing runs needlessly`(
    seed: UInt64
  ) throws {
    var random = SeededNumbers(seed: seed)
    var history = try History(stageCount: .random(in: 2...9, using: &random), using: &random)
    for _ in 0..<14 {
      try history.runAndCompare(using: &random)
      try history.edit(using: &random)
    }
  }

  /// A pipeline with what has been done of it so far.
  private struct History {
    let workshop: Workshop
    var pipeline: ToyPipeline
    var files = ["abcdef", "letters é", "letters é"]
    var past: [(ToyPipeline, files: [String])] = []
    var done: Set<ToyPipeline.Identity> = []

    init(stageCount: Int, using random: inout SeededNumbers) throws {
      workshop = try Workshop()
      pipeline = ToyPipeline(stageCount: stageCount, using: &random)
      try writeFiles()
    }

    func writeFiles() throws {
      for (index, text) in files.enumerated() { try workshop.folder.write("\(index).txt", text) }
    }

    mutating func edit(using random: inout SeededNumbers) throws {
      past.append((pipeline, files))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: if let before = past.randomElement(using: &random) { (pipeline, files) = before }
      case 1:
        files[Int.random(in: 0..<3, using: &random)] = "new\(Int.random(in: 0..<3, using: &random))"
      default: pipeline.edit(using: &random)
      }
      try writeFiles()
    }

    /// What a run must do with each stage.
    struct Expectation {
      var states: [String] = []
      var identities: [Int: ToyPipeline.Identity] = [:]
      var failing: Set<Int> = []
      /// What a status must say: nothing before the stage or the stage itself is to be done.
      var isCached: [Bool] = []
    }

    func expectation(using random: inout SeededNumbers) -> Expectation {
      var expected = Expectation()
      var isFailing: [ToyPipeline.Identity: Bool] = [:]
      for index in pipeline.stages.indices {
        let sources = pipeline.stages[index].sources
        guard sources.allSatisfy({ ["ran", "cached"].contains(expected.states[$0.stage]) }) else {
          expected.states.append("blocked")
          expected.isCached.append(false)
          continue
        }
        let identity = pipeline.identity(of: index, files: files) { source in
          expected.identities[source.stage]?.outputs[source.port] ?? ""
        }
        expected.identities[index] = identity
        var fails = isFailing[identity] ?? false
        if case .append = identity.work, isFailing[identity] == nil {
          fails = Int.random(in: 0..<6, using: &random) == 0
          isFailing[identity] = fails
        }
        if fails { expected.failing.insert(index) }
        expected.isCached.append(
          done.contains(identity) && sources.allSatisfy { expected.isCached[$0.stage] })
        expected.states.append(done.contains(identity) ? "cached" : fails ? "failed" : "ran")
      }
      return expected
    }

    mutating func runAndCompare(using random: inout SeededNumbers) throws {
      let expected = expectation(using: &random)
      let text = pipeline.definition(failing: expected.failing)
      let plan = try workshop.plan(text)
      let assessment = try Assessment(of: plan, in: workshop.store)
      let report = try workshop.run(plan, jobs: .random(in: 1...3, using: &random))
      var ran: [ToyPipeline.Identity: Int] = [:]
      for (index, stage) in pipeline.stages.enumerated() {
        let found = try #require(report.stages.first { $0.stage == stage.name })
        let state = found.outcome.name
        let identity = expected.identities[index]
        switch expected.states[index] {
        case "ran":
          // Of several stages with one key, one runs and the others find its record.
          #expect(["ran", "cached"].contains(state), "\(stage) in\n\(text)")
          if let identity { ran[identity, default: 0] += state == "ran" ? 1 : 0 }
        case let wanted: #expect(state == wanted, "\(stage) in\n\(text)")
        }
        #expect((assessment[stage.name]?.state == .cached) == expected.isCached[index])
        guard state == "ran" || state == "cached", let identity else { continue }
        for (port, content) in identity.outputs {
          #expect(
            try workshop.text(of: report, stage.name, port) == content, "\(stage) in\n\(text)")
        }
      }
      #expect(ran.values.allSatisfy { $0 == 1 }, "work was done twice or never in\n\(text)")
      done.formUnion(ran.keys)
    }
  }
}
