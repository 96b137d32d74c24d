import Diagnostics
import Testing

struct ShellWordTests {
  @Test(arguments: [
    ("train.epochs=4", "train.epochs=4"), ("/a/b-c_d.toml", "/a/b-c_d.toml"), ("", "''"),
    ("two words", "'two words'"), ("it's", #"'it'\''s'"#), ("$HOME;`ls`", "'$HOME;`ls`'"),
    ("été", "été"), ("a\nb", "'a\nb'"), ("*", "'*'"), ("~", "'~'"),
  ])
  func `a word is quoted where a shell would read something else`(_ word: String, _ typed: String) {
    #expect(ShellWord.quoted(word) == typed)
  }
}
