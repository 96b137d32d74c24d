import Diagnostics
import Foundation
import Pipelines
import Testing
import ToyStages

/// A definition, and everything that is to be said about it.
struct ProblemCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let definition: String
  let overlay: [String]
  let expected: String

  init(_ name: String, _ definition: String, set overlay: [String] = [], says expected: String) {
    testDescription = name
    self.definition = definition
    self.overlay = overlay
    self.expected = expected
  }

  static let read = "[stage.read]\npath = \"a.txt\"\n"
}

@Suite struct ProblemTests {
  static let cases = [
    ProblemCase(
      "an unknown kind", "[stage.load]\nkind = \"raed\"",
      says: """
        toy.toml:2:8: error: there is no stage kind 'raed'; did you mean 'read'?
            2 | kind = "raed"
              |        ^~~~~~
          try: `millrace stages` lists them: read, append, cut, deal, shout, join, grow, learn, score
        """),
    ProblemCase(
      "a kind that is only the stage's name", "[stage.reed]\npath = \"a.txt\"",
      says: """
        toy.toml:1:8: error: there is no stage kind 'reed'; did you mean 'read'?
            1 | [stage.reed]
              |        ^~~~
          try: `millrace stages` lists them: read, append, cut, deal, shout, join, grow, learn, score
        """),
    ProblemCase(
      "an unknown option", ProblemCase.read + "[stage.append]\nfrom = \"read\"\nsufix = \"x\"",
      says: """
        toy.toml:5:1: error: append has no option 'sufix'; did you mean 'suffix'?
            5 | sufix = "x"
              | ^~~~~
          try: `millrace stages append` lists its options
        """),
    ProblemCase(
      "an unknown stage", ProblemCase.read + "[stage.append]\nfrom = \"raed\"",
      says: """
        toy.toml:4:8: error: there is no stage 'raed'; did you mean 'read'?
            4 | from = "raed"
              |        ^~~~~~
          try: the stages are read, append
        """),
    ProblemCase(
      "an unknown port",
      ProblemCase.read
        + "[stage.deal]\nfrom = \"read\"\n[stage.cut]\nfrom = \"deal.trian\"\nlength = 1",
      says: """
        toy.toml:6:8: error: 'deal' has no output 'trian'; did you mean 'train'?
            6 | from = "deal.trian"
              |        ^~~~~~~~~~~~
          try: its outputs are train, test
        """),
    ProblemCase(
      "a part that is not named",
      ProblemCase.read + "[stage.deal]\nfrom = \"read\"\n[stage.cut]\nfrom = \"deal\"\nlength = 1",
      says: """
        toy.toml:6:8: error: from wants one artifact, but 'deal' has several
            6 | from = "deal"
              |        ^~~~~~
          try: name one: "deal.train", "deal.test"
        """),
    ProblemCase(
      "a wrong edge",
      ProblemCase.read
        + "[stage.learn]\nfrom = \"read\"\n[stage.cut]\nfrom = \"learn\"\nlength = 1",
      says: """
        toy.toml:6:8: error: cut.from wants a text, but 'learn' gives a tally
            6 | from = "learn"
              |        ^~~~~~~
          try: read from a stage of kind read or append or cut or deal or shout or join or grow instead
        """),
    ProblemCase(
      "a wrong edge that a stage would mend",
      ProblemCase.read
        + "[stage.learn]\nfrom = \"read\"\n[stage.score]\nfrom = \"read\"\nmodel = \"read\"",
      says: """
        toy.toml:7:9: error: score.model wants a tally, but 'read' gives a text
            7 | model = "read"
              |         ^~~~~~
          try: put a stage of kind learn between them
        """),
    ProblemCase(
      "a circle",
      "[stage.a]\nkind = \"shout\"\nfrom = \"b\"\n[stage.b]\nkind = \"shout\"\nfrom = \"a\"",
      says: """
        toy.toml:6:8: error: stages wait for each other in a circle: a → b → a
            6 | from = "a"
              |        ^~~
          try: let one of them read from an earlier stage
        """),
    ProblemCase(
      "a stage that reads itself", "[stage.shout]\nfrom = \"shout\"",
      says: """
        toy.toml:2:8: error: stages wait for each other in a circle: shout → shout
            2 | from = "shout"
              |        ^~~~~~~
          try: let one of them read from an earlier stage
        """),
    ProblemCase(
      "a missing option", ProblemCase.read + "[stage.cut]\nfrom = \"read\"",
      says: """
        toy.toml:3:8: error: cut needs the option 'length'
            3 | [stage.cut]
              |        ^~~
          try: add length = whole number from 0 to 1000
        """),
    ProblemCase(
      "a missing option that is misspelt",
      ProblemCase.read + "[stage.cut]\nfrom = \"read\"\nlenght = 1",
      says: """
        toy.toml:3:8: error: cut needs the option 'length'
            3 | [stage.cut]
              |        ^~~
          try: spell 'lenght' as 'length'
        toy.toml:5:1: error: cut has no option 'lenght'; did you mean 'length'?
            5 | lenght = 1
              | ^~~~~~
          try: `millrace stages cut` lists its options
        """),
    ProblemCase(
      "an unset environment variable", "[stage.read]\npath = \"$MILLRACE_NOT_SET/a.txt\"",
      says: """
        toy.toml:2:8: error: the environment variable MILLRACE_NOT_SET is not set
            2 | path = "$MILLRACE_NOT_SET/a.txt"
              |        ^~~~~~~~~~~~~~~~~~~~~~~~~
          try: set it, as in `MILLRACE_NOT_SET=/path/to/folder millrace …`, or write the path out
        """),
    ProblemCase(
      "a zero character in a path", "[stage.read]\npath = \"letters.txt\\u0000.gz\"",
      says: """
        toy.toml:2:8: error: path has a zero character, which no path has
            2 | path = "letters.txt\\u0000.gz"
              |        ^~~~~~~~~~~~~~~~~~~~~~
          try: take \\u0000 out of it
        """),
    ProblemCase(
      "values of wrong types and out of range",
      ProblemCase.read
        + "[stage.append]\nfrom = \"read\"\nsuffix = 1\ntimes = 1.5\nweight = 11\ncase = \"uper\"\nmarks = [1]",
      says: """
        toy.toml:5:10: error: suffix wants text in quotes, but this is an integer
            5 | suffix = 1
              |          ^
          try: give text in quotes
        toy.toml:6:9: error: times wants a whole number from 0 to 9, but this is a float
            6 | times = 1.5
              |         ^~~
          try: give a whole number from 0 to 9
        toy.toml:7:10: error: weight is out of range
            7 | weight = 11
              |          ^~
          try: give a number from 0 to 10
        toy.toml:8:8: error: 'uper' is no case; did you mean 'upper'?
            8 | case = "uper"
              |        ^~~~~~
          try: use one of kept, upper
        toy.toml:9:10: error: marks wants text in quotes, but this is an integer
            9 | marks = [1]
              |          ^
          try: give text in quotes
        """),
    ProblemCase(
      "several errors in several stages, in the order of their lines",
      "seed = -1\nsede = 7\n[stage.append]\nform = \"read\"\n[stage.read]\npath = 3\n[stage.cut]\nkind = \"cat\"",
      says: """
        toy.toml:1:8: error: seed is out of range
            1 | seed = -1
              |        ^~
          try: give a whole number from 0
        toy.toml:2:1: error: a definition has no entry 'sede'; did you mean 'seed'?
            2 | sede = 7
              | ^~~~
          try: at the top stand name, seed and test, then [stage.NAME], [sweep.NAME] and [executor]
        toy.toml:3:8: error: append needs the option 'from'
            3 | [stage.append]
              |        ^~~~~~
          try: spell 'form' as 'from'
        toy.toml:4:1: error: append has no option 'form'; did you mean 'from'?
            4 | form = "read"
              | ^~~~
          try: `millrace stages append` lists its options
        toy.toml:6:8: error: path wants text in quotes, but this is an integer
            6 | path = 3
              |        ^
          try: give text in quotes
        toy.toml:8:8: error: there is no stage kind 'cat'; did you mean 'cut'?
            8 | kind = "cat"
              |        ^~~~~
          try: `millrace stages` lists them: read, append, cut, deal, shout, join, grow, learn, score
        """),
    ProblemCase(
      "no stages at all", "name = \"empty\"",
      says: """
        toy.toml: error: the definition has no stages
          try: add a table such as [stage.load] with kind = "load"
        """),
    ProblemCase(
      "an overlay for an unknown stage and one of an unknown option", ProblemCase.read,
      set: ["raed.path=b.txt", "read.paht=b.txt"],
      says: """
        --set:1:1: error: there is no stage 'raed'; did you mean 'read'?
            1 | raed.path=b.txt
              | ^~~~
          try: the stages are read
        --set:1:6: error: read has no option 'paht'; did you mean 'path'?
            1 | read.paht=b.txt
              |      ^~~~
          try: `millrace stages read` lists its options
        """),
    ProblemCase(
      "an overlay with a wrong value",
      ProblemCase.read + "[stage.append]\nfrom = \"read\"", set: ["append.times=many"],
      says: """
        --set:1:14: error: times wants a whole number from 0 to 9, but this is a string
            1 | append.times=many
              |              ^~~~
          try: give a whole number from 0 to 9
        """),
  ]

  @Test(arguments: cases)
  func `every problem is shown with its line, a caret and what to try`(_ row: ProblemCase) {
    guard case .problems(let problems) = Workshop.read(row.definition, set: row.overlay) else {
      Issue.record("no problem was found")
      return
    }
    #expect(problems.map(\.description).joined(separator: "\n") == row.expected)
  }

  @Test func `a chain of stages written backwards is planned, and refused when it is too long`()
    throws
  {
    func chain(of count: Int) -> String {
      let links = (1..<count).reversed().map {
        "[stage.s\($0)]\nkind = \"append\"\nfrom = \"s\($0 - 1)\"\n"
      }
      return links.joined() + "[stage.s0]\nkind = \"read\"\npath = \"a.txt\"\n"
    }
    guard case .plan(let plan) = Workshop.read(chain(of: 250)) else {
      Issue.record("a chain of 250 was refused")
      return
    }
    #expect(plan.stages.map(\.name) == (0..<250).map { "s\($0)" })
    guard case .problems(let problems) = Workshop.read(chain(of: 3_000)) else {
      Issue.record("a chain of 3,000 was planned")
      return
    }
    #expect(problems.contains { $0.message.problem.hasPrefix("more than 250 stages refer") })
  }

  @Test(arguments: ["append", "times=3", ".times=3", "append.=3", "=", ""])
  func `an overlay that is none is refused`(argument: String) {
    #expect(throws: Diagnostic.self) { try GivenOverlay(argument) }
  }
}
