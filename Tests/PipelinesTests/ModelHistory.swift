import Artifacts
import Digests
import Fixtures
import Pipelines
import Testing
import ToyStages

/// A random pipeline, what was done to it and to its store so far, and what must be in the store.
struct ModelHistory {
  typealias Identity = ToyPipeline.Identity

  let workshop: Workshop
  var store: ArtifactStore
  var pipeline: ToyPipeline
  private var files = ["abcdef", "letters é", "letters é"]
  private var past: [(ToyPipeline, files: [String])] = []
  /// The work that has a record, with its key.
  var recorded: [Identity: Digest] = [:]
  /// The contents whose bytes are in the store.
  var present: Set<String> = []
  /// The contents that were damaged and set aside; a record that names one counts for nothing.
  var lost: Set<String> = []
  /// What the last run found or made.
  var lastResults: [Identity] = []
  /// What is pinned, by the pin's name.
  var pinned: [String: Identity] = [:]

  init(stageCount: Int, using random: inout SeededNumbers) throws {
    workshop = try Workshop()
    store = workshop.store
    pipeline = ToyPipeline(stageCount: stageCount, using: &random)
    try writeFiles()
  }

  private func writeFiles() throws {
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

  private func expectation(using random: inout SeededNumbers) -> RunExpectation {
    var expected = RunExpectation()
    var isFailing: [Identity: Bool] = [:]
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
      let isBroken = recorded[identity] != nil && !lost.isDisjoint(with: identity.outputs.values)
      let isRecorded = recorded[identity] != nil && !isBroken
      var fails = false
      if recorded[identity] == nil, case .append = identity.work {
        fails = isFailing[identity] ?? (Int.random(in: 0..<6, using: &random) == 0)
        isFailing[identity] = fails
      }
      if fails { expected.failing.insert(index) }
      if isRecorded, !present.isSuperset(of: identity.outputs.values) { expected.lacksBytes = true }
      expected.isCached.append(
        isRecorded && sources.allSatisfy { expected.isCached[$0.stage] })
      expected.states.append(isRecorded ? "cached" : fails ? "failed" : "ran")
      if isBroken { expected.broken.insert(index) }
      if !isRecorded { expect(expected: &expected, toRead: sources) }
    }
    return expected
  }

  /// Notes the stages that must make again what a stage reads and whose bytes are gone.
  private func expect(expected: inout RunExpectation, toRead sources: [ToyPipeline.Source]) {
    var read = sources
    while let source = read.popLast() {
      guard let content = expected.identities[source.stage]?.outputs[source.port],
        expected.states[source.stage] == "cached", !present.contains(content)
      else { continue }
      expected.wantedAgain.insert(content)
      if expected.madeAgain.insert(source.stage).inserted {
        read += pipeline.stages[source.stage].sources
      }
    }
  }

  mutating func runAndCompare(using random: inout SeededNumbers) throws {
    let expected = expectation(using: &random)
    let text = pipeline.definition(failing: expected.failing)
    try workshop.folder.write("toy.toml", text)
    let plan = try workshop.plan(text)
    let assessment = try Assessment(of: plan, in: store)
    let jobs = Int.random(in: 1...3, using: &random)
    let report = try workshop.run(plan, in: store, jobs: jobs)
    var work = RunComparison(expected, jobs: jobs, "\(jobs) jobs, in\n\(text)")
    lastResults = []
    for (index, stage) in pipeline.stages.enumerated() {
      let found = try #require(report.stages.first { $0.stage == stage.name })
      let isCached = assessment[stage.name]?.state == .cached
      work.compare(index, found, isSaidToBeCached: isCached)
      guard let identity = expected.identities[index], let key = found.key?.digest,
        found.record != nil
      else { continue }
      recorded[identity] = key
      lastResults.append(identity)
    }
    work.compareCounts()
    for identity in work.ran.keys { present.formUnion(identity.outputs.values) }
    lost.subtract(present)
    try compareContents(expected, report, text)
  }

  /// Checks all of the store: nothing is wrong with it but what a damaged object left.
  func expectSound() {
    let lost = lost.map { BLAKE3.digest(of: $0) }
    for problem in store.verifyAll().problems {
      if case .missingObject(let digest, _) = problem, lost.contains(digest) { continue }
      Issue.record("\(problem)")
    }
  }

  private func compareContents(
    _ expected: RunExpectation, _ report: RunReport, _ text: String
  ) throws {
    for (index, stage) in pipeline.stages.enumerated() {
      let found = report.stages.first { $0.stage == stage.name }
      guard found?.record != nil, let identity = expected.identities[index] else { continue }
      for (port, content) in identity.outputs {
        let digest = try #require(found?.record?.output(port)?.digest)
        #expect(digest == BLAKE3.digest(of: content), "\(stage) in\n\(text)")
        #expect(try store.isIntact(digest) == present.contains(content), "\(stage) in\n\(text)")
      }
    }
  }
}
