import Diagnostics
import Pipelines
import Testing
import ToyStages

@Suite struct DefinitionWarningTests {
  static let start = "[stage.read]\npath = \"a.txt\"\n[stage.deal]\nfrom = \"read\"\n"
  static let score = "[stage.score]\nfrom = \"shout.test\"\nmodel = \"learn\"\n"

  static let cases: [(definition: String, warnings: [String])] = [
    (
      start + "[stage.shout]\nfrom = \"deal\"\n[stage.learn]\nfrom = \"shout.train\"\n" + score, []
    ),
    (
      start + "[stage.shout]\nfrom = \"deal\"\n[stage.learn]\nfrom = \"shout.test\"\n" + score,
      [
        "'learn' learns from deal.test, which is held out to measure on",
        "'score' scores on 'shout.test', which the model was trained on",
      ]
    ),
    (
      start + "[stage.shout]\nfrom = \"deal\"\n[stage.learn]\nfrom = \"read\"\n" + score,
      [
        "'learn' learns from 'read', before 'deal' sets parts aside: held-out rows leak in"
      ]
    ),
    (
      start
        + "[stage.join]\nfrom = [\"deal.train\", \"deal.test\"]\n[stage.learn]\nfrom = \"join\"\n"
        + "[stage.score]\nfrom = \"deal.test\"\nmodel = \"learn\"\n",
      [
        "'learn' learns from deal.test, which is held out to measure on",
        "'score' scores on 'deal.test', which the model was trained on",
      ]
    ),
    (
      start + "[stage.learn]\nfrom = \"deal.train\"\n"
        + "[stage.score]\nfrom = \"deal.train\"\nmodel = \"learn\"\n",
      ["'score' scores on 'deal.train', which the model was trained on"]
    ),
    (
      start + "[stage.cut]\nfrom = \"deal.train\"\nlength = 1\n",
      ["nothing uses the output of 'cut'"]
    ),
  ]

  @Test(arguments: cases)
  func `leakage and unused stages are warned of`(definition: String, warnings: [String]) {
    guard case .plan(let plan) = Workshop.read(definition) else {
      Issue.record("the definition has errors")
      return
    }
    #expect(plan.warnings.map(\.message.problem) == warnings)
    #expect(plan.warnings.allSatisfy { $0.severity == .warning && $0.place?.line != nil })
  }

  @Test func `a warning points at the option that is meant`() throws {
    let plan = try #require(Workshop.read(Self.cases[4].definition).plan)
    #expect(
      plan.warnings.map(\.description) == [
        """
        toy.toml:8:1: warning: 'score' scores on 'deal.train', which the model was trained on
            8 | from = "deal.train"
              | ^
          try: score on a part that was held out
        """
      ])
  }
}
