import Diagnostics
import Testing
import Text

@Suite struct `Cleaning as tweets need it` {
  @Test(arguments: [
    ("@anna: hi @b_2!", "@user: hi @user!"), ("(@x) \"@y\" .@z", "(@user) \"@user\" .@z"),
    ("mail anna@example.org", "mail anna@example.org"), ("@ home a@", "@ home a@"),
    ("@a@b.social", "@a@b.social"), ("é@anna", "é@user"),
  ])
  func `a word takes the place of user names`(text: String, clean: String) {
    #expect(Cleaner { $0.userNameWord = "@user" }.clean(text) == clean)
  }

  @Test func `user names may go`() {
    #expect(Cleaner { $0.userNameWord = "" }.clean("@anna hi") == " hi")
  }

  @Test(arguments: [
    ("1,234.56 at 12:30", "N at N"), ("$5, 50% -3", "$N, N% -N"),
    ("covid19 3rd B2B x_1", "covid19 3rd B2B x_1"),
    ("in 2020.", "in N."), ("٣٤ ½ 1.2.3", "N ½ N"), ("1..2 3,", "N..N N,"), ("5km 7", "5km N"),
  ])
  func `a word takes the place of numbers`(text: String, clean: String) {
    #expect(Cleaner { $0.numberWord = "N" }.clean(text) == clean)
  }

  @Test(arguments: [
    (2, "soooo gooood!!!! 10000", "soo good!!!! 10000"), (1, "aabbé\u{E9}é", "abé"),
    (3, "aaa bbbb", "aaa bbb"),
  ])
  func `a letter stands in a row only so often`(longest: Int, text: String, clean: String) {
    #expect(Cleaner { $0.longestLetterRun = longest }.clean(text) == clean)
  }

  @Test(arguments: [
    ("exam\u{AD}ple", "example"), ("a\u{200B}b", "a b"),
    ("\u{FEFF}a\u{200E}b\u{2060}c\u{202C}", "abc"),
    ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("auf\u{200C}lage x\u{200D}y", "auflage xy"),
    ("क\u{94D}\u{200D}ष \u{200D}", "क\u{94D}\u{200D}ष "), ("👩\u{200D}💻 🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👩\u{200D}💻 🏴󠁧󠁢󠁳󠁣󠁴󠁿"),
    ("plain é", "plain é"), ("tab\there", "tab\there"),
  ])
  func `what is not seen and parts nothing goes`(text: String, clean: String) {
    let cleaner = Cleaner { $0.removesInvisible = true }
    #expect(Array(cleaner.clean(text).unicodeScalars) == Array(clean.unicodeScalars))
  }

  @Test(arguments: [
    (#"(\w+)@(\w+)"#, "$2 at $1", "a@b c@d", "b at a d at c"), ("x", "", "axbx", "ab"),
    (#"\s*#(\w+)"#, #" \1"#, "go #now #on", "go now on"), ("a", "$$1$0", "ba", "b$1a"),
    ("(?i)rt ", "", "RT rt x", "x"), ("^", ">", "a\nb", ">a\nb"), ("é+", "e", "éé", "e"),
    ("(a)|(b)", "[$1$2]", "ab", "[a][b]"),
  ])
  func `what a regular expression matches becomes another text`(
    pattern: String, with: String, text: String, clean: String
  ) throws {
    var options = CleaningOptions()
    options.replacements = [try Replacement(pattern, with: with)]
    #expect(Cleaner(options).clean(text) == clean)
  }

  @Test func `replacements come one after the other, before all else`() throws {
    var options = CleaningOptions()
    options.replacements = [try Replacement("A", with: "<b>"), try Replacement("<b>", with: "C")]
    options.tags = .removeElements
    options.lowercases = true
    #expect(Cleaner(options).clean("xA") == "xc")
  }

  @Test(arguments: [("(", "", "is not a regular expression"), ("(a)b", "$2", "names group 2")])
  func `a replacement that cannot be made is refused`(
    pattern: String, with: String, problem: String
  ) {
    let error = #expect(throws: Diagnostic.self) { try Replacement(pattern, with: with) }
    #expect(error?.message.problem.contains(problem) == true)
  }
}
