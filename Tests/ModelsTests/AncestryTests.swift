import Models
import Testing

struct AncestryTests {
  /// The parents of the hypotheses of steps one after the other, and what is left of the rows before.
  private struct Example: CustomTestStringConvertible {
    let testDescription: String
    let steps: [[Int32]]
    let kept: [[Int32]]
    let parents: [[Int32]]
  }

  private static let examples = [
    Example(
      testDescription: "rows that many come from are one", steps: [[2, 0, 2, 2]],
      kept: [[2, 0]], parents: [[0, 1, 0, 0]]),
    Example(
      testDescription: "rows of two steps ago are found among those left of them",
      steps: [[0, 0, 1], [2, 1, 2]], kept: [[2, 1], [1, 0]], parents: [[0, 1, 0], [0, 1]]),
    Example(
      testDescription: "there are no more generations than were asked for",
      steps: [[0, 0], [1, 1], [0, 1]], kept: [[0, 1], [0]], parents: [[0, 1], [0, 0]]),
    Example(
      testDescription: "nothing is left where no hypothesis is", steps: [[0, 0], []],
      kept: [[], []], parents: [[], []]),
  ]

  @Test(arguments: examples)
  private func `rows of steps before stay while hypotheses come from them`(example: Example) {
    var ancestry = Ancestry()
    for (step, parents) in example.steps.enumerated() {
      ancestry.advance(parents: parents, limit: min(step + 1, 2))
    }
    #expect(ancestry.generations.map(\.kept) == example.kept)
    #expect(ancestry.generations.map(\.parents) == example.parents)
  }
}
