import Fixtures
import Foundation
import Testing

/// Command lines with a mistake: each gets one error, with what to do about it.
@Suite struct MistakeTests {
  @Test(arguments: [
    ("help statsu", "there is no command 'statsu'; did you mean 'status'?"),
    ("--help statsu", "there is no command 'statsu'; did you mean 'status'?"),
    ("show small.toml --rows 99999999999999999999", "--rows wants a number that fits in 64 bits"),
    ("run small.toml --cores 99999999999999999999", "--cores wants a number that fits in 64 bits"),
    ("run small.toml --cores x", "--cores wants a whole number from 1, but this is 'x'"),
    ("verify --deep --within 5", "try: say of what: 5s, 5m, 5h or 5d"),
    ("verify --deep --within soon", "try: write it as 30s, 5m, 12h or 7d"),
    ("trace small.toml", "but 1 word came"),
    ("run small.toml --set train.epochs=99999999999999999999", "--set:1:14: error: this integer"),
    (
      "classify small.toml --text text --load row-limit=99999999999999999999",
      "does not fit in 64 bits"
    ),
    ("sweep small.toml train.hidden=4,x", "error: hidden wants a whole number from 1 to 65536"),
    (
      "sweep small.toml train.hidden=2,4 --best 'evaluate.foo max'", "--best:1:1: error: 'evaluate'"
    ),
    ("show small.toml train.model --wrong", "try: leave out --wrong, or name the predictions of"),
    ("show small.toml train.model --row 3", "try: leave out --row, or name a table"),
    ("show small.toml train.model --sort probability", "try: leave out --sort, or name the"),
    ("show small.toml train.model --true a --predicted b", "leave out --true and --predicted, or"),
    ("trace small.toml load --row 99999", "has no row 99999: it has 40 rows"),
    ("trace small.toml load --row 99999", "try: give a number from 1 to 40"),
  ])
  func `a mistake is told as what it is`(words: String, said: String) throws {
    let store = words.contains("help") ? "" : " --store store"
    let refused = try ShownPipeline.shared.millrace(words + store)
    #expect(refused.code == 2)
    #expect(refused.errors.contains(said), "\(refused.errors)")
    #expect(refused.errors.components(separatedBy: "error: ").count == 2, "\(refused.errors)")
  }

  @Test func `help shows the screen of the command that is named, and otherwise all commands`()
    throws
  {
    let millrace = try Millrace()
    for words in ["help status", "--help status", "status --help", "-h status"] {
      let shown = try millrace.shell("millrace \(words)")
      #expect(shown.exitCode == 0 && shown.output.hasPrefix("millrace status: "), "\(words)")
    }
    for words in ["help", "--help", "help --help", "help --json"] {
      let shown = try millrace.shell("millrace \(words)")
      #expect(shown.exitCode == 0 && shown.output.contains("\n  status "), "\(words)")
    }
    #expect(try millrace.shell("millrace").exitCode == 2)
  }
}
