import Diagnostics
import Testing

@Suite struct SuggestionTests {
  private let kinds = ["load", "clean", "tokenize", "learn-bpe", "apply-bpe", "train"]

  @Test(arguments: [
    ("tokenise", "tokenize"), ("claen", "clean"), ("tran", "train"), ("LOAD", "load"),
    ("laod", "load"), ("learnbpe", "learn-bpe"), ("train", "train"),
  ])
  func `a slip of the hand finds the name that was meant`(name: String, meant: String) {
    #expect(Suggestion.nearest(to: name, among: kinds) == meant)
    #expect(Suggestion.ending(for: name, among: kinds) == "; did you mean '\(meant)'?")
  }

  @Test(arguments: ["", "evaluate", "xyz", "to"])
  func `nothing is suggested for a name near to none`(name: String) {
    #expect(Suggestion.nearest(to: name, among: kinds) == nil)
    #expect(Suggestion.ending(for: name, among: kinds).isEmpty)
  }

  @Test func `of names equally near the first is suggested`() {
    #expect(Suggestion.nearest(to: "bat", among: ["cat", "hat"]) == "cat")
    #expect(Suggestion.nearest(to: "bat", among: [String]()) == nil)
  }
}
