import Testing
import Text

@Suite(.timeLimit(.minutes(120))) struct `Removing HTML` {
  private func cleaned(_ text: String) -> String {
    Cleaner {
      $0.tags = .removeElements
      $0.collapsesWhitespace = true
    }.clean(text)
  }

  @Test(arguments: [
    "x < y and y > z", "List<String> names", "Map<K, V> m; f<int>(3)", "I <3 you", "<3 <333",
    "if a <b and c> d", "a<b", "2 <5>", "see <http://example.org> now", "mail <anna@example.org>",
    "the <your-name> goes here", "<>", "< p >", "x <i", "<!-- no end", "</>", "<p", "<p class",
    "<<b", "vector<T>::iterator",
  ])
  func `what is no tag of an element is text`(text: String) {
    #expect(cleaned(text) == text)
  }

  @Test(arguments: [
    ("<p class=\"a>b\">one</p>two<br/>three", "one two three"),
    ("<P>One</P ><BR>two<img src=a.png alt='x > y' />", "One two"),
    ("<a href=\"/x\"title='t' disabled>link</a>", "link"),
    ("<!DOCTYPE html><html><!-- <b> --><h1>Hi</h1></html>", "Hi"),
    ("<?xml version=\"1.0\"?><b>x</b>", "x"),
    ("one<script type=\"text/javascript\">if (a < b) { x(\"</b>\") }</SCRIPT>two", "one two"),
    ("one<style>p { color: red }</style >two<script src=x></script>", "one two"),
    ("use the <script> tag", "use the tag"), ("<font color=#fff size=+1>x</font>", "x"),
    ("vote <b>up</b> & a<sub>1</sub> < 2", "vote up & a 1 < 2"),
    ("<input checked value = 3 >x", "x"),
  ])
  func `tags of elements go, and what scripts and styles hold`(text: String, clean: String) {
    #expect(cleaned(text) == clean)
  }

  @Test func `many brackets take no longer than few`() {
    let text = String(repeating: "<script>", count: 20_000)
    #expect(cleaned(text) == "")
    #expect(cleaned(String(repeating: "<a b=", count: 20_000)).count == 100_000)
    #expect(cleaned(String(repeating: "<!--", count: 20_000)).count == 80_000)
  }
}
