import Metrics
import Testing

/// The one pass through plain segments, beside the rules of mteval-v13a, which any segment goes through.
struct PlainSegmentsTests {
  @Test(arguments: [
    ("It costs 1,000.5 euros, I think.", "It costs 1,000.5 euros , I think ."),
    ("pages 5-7 of a.b, .5 and 5.", "pages 5 - 7 of a . b , . 5 and 5 ."),
    ("a-b (c) \"d\" e's $5%", "a-b ( c ) \" d \" e's $ 5 %"),
    ("one\u{A0}two\u{2003}drei\tvier  ", "one two drei vier"),
    ("wait.. what.,5", "wait . . what . ,5"), ("a &amp; b&lt;c", "a & b < c"),
    ("x<skipped>y -\nz", "xy z"),
  ])
  func `a segment has the tokens of mteval`(segment: String, tokens: String) {
    let (text, words) = (Array(segment.utf8), Array(tokens.utf8))
    let expected = BLEUTokenizer.none.hashes(of: words.span)
    #expect(BLEUTokenizer.thirteenA.hashes(of: text.span) == expected)
    #expect(BLEUTokenizer.thirteenA.hashes(ofAny: text.span) == expected)
  }
}
