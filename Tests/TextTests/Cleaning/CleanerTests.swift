import Testing
import Text

struct CleanerTests {
  @Test(arguments: [
    ("Straße ÉCOLE İ 123", "straße école i\u{307} 123"),
    ("ΟΔΟΣ ΣΑΣ Σ ΑΣ. ΑΣ'Β", "οδος σας σ ας. ασ'β"),
    ("", ""),
  ])
  func `lower-casing is full Unicode with the final sigma`(text: String, clean: String) {
    #expect(Cleaner { $0.lowercases = true }.clean(text) == clean)
  }

  @Test func `lower-casing agrees with Swift's on every scalar`() {
    let cleaner = Cleaner { $0.lowercases = true }
    for value in UInt32(1)...0x10FFFF where value != 0x3A3 {
      guard let scalar = Unicode.Scalar(value), value < 0x20000 else { continue }
      #expect(
        cleaner.clean(String(scalar)).unicodeScalars.elementsEqual(
          String(scalar).lowercased().unicodeScalars))
    }
  }

  @Test func `normal forms compose, and the compatible one unifies`() {
    let text = "e\u{301} ﬁ ① Å"
    let scalars = { (text: String) in Array(text.unicodeScalars) }
    #expect(scalars(Cleaner { $0.normalization = .nfc }.clean(text)) == scalars("é ﬁ ① Å"))
    #expect(scalars(Cleaner { $0.normalization = .nfkc }.clean(text)) == scalars("é fi 1 Å"))
    #expect(scalars(Cleaner { $0.normalization = .nfkc }.clean("a\u{A0}b")) == scalars("a b"))
  }

  @Test(arguments: [
    ("a*b #c @d €5 ½ (ok) — “so”?", "a b  c  d  5 ½ (ok) — “so”?"),
    ("日本語、नमस्ते\u{0}\u{7}😀.", "日本語 नमस्ते   ."),
    ("exam\u{AD}ple foo\u{200B}bar می\u{200C}خواهم \u{FEFF}x", "example foo bar می\u{200C}خواهم x"),
  ])
  func `special symbols become blanks`(text: String, clean: String) {
    #expect(Cleaner { $0.removesSymbols = true }.clean(text) == clean)
  }

  @Test(arguments: [
    ("see http://a.b/c?d=e, or (www.x.org).", "see  , or ( )."),
    ("HTTPS://X.Y\u{A0}z xhttp://a", " \u{A0}z xhttp://a"),
    ("www. http:// h", "www. http:// h"),
    ("wow\u{A0}https://t.co/abc yes", "wow\u{A0}  yes"),
    ("read “https://e.org/a” now ‘http://a.b/c’ «http://x.y/z»", "read “ ” now ‘ ’ « »"),
    ("見てhttps://t.co/abc すごい ดูhttps://t.co/x", "見て  すごい ดู "),
    ("this—https://t.co/abc—that… 🙂https://t.co/a ❤️http://b.c", "this— —that… 🙂  ❤️ "),
    ("https://e.org/a。次の文 https://e.org/b、（https://e.org/c）", " 。次の文  、（ ）"),
    ("see https://en.wikipedia.org/wiki/Mercury_(planet) now", "see   now"),
    ("(see https://a.b/c_(d)) [http://a.b/[x]] (http://a.b).", "(see  ) [ ] ( )."),
    (
      "http://de.wikipedia.org/wiki/Zürich éhttp://a.b e\u{301}http://a.b",
      "  éhttp://a.b e\u{301}http://a.b"
    ),
  ])
  func `web addresses become blanks`(text: String, clean: String) {
    #expect(Cleaner { $0.removesURLs = true }.clean(text) == clean)
  }

  @Test(arguments: [
    ("<p class=\"a>b\">x</p>y<br/>z", " x y z"),
    ("a < b, c <d", "a < b, c <d"),
    ("<!-- <b> -->x<!DOCTYPE html>", " x "),
    ("<a <b>x", "<a  x"),
  ])
  func `tags become blanks and comparisons stay`(text: String, clean: String) {
    #expect(Cleaner { $0.tags = .removeAnyName }.clean(text) == clean)
  }

  @Test(arguments: [
    ("&lt;b&gt; &amp;amp; &eacute;&#233;&#xE9; &hellip;", "<b> &amp; ééé …"),
    ("&#150; &#0; &#xD800; &nosuch; &amp AT&T;", "– &#0; &#xD800; &nosuch; &amp AT&T;"),
    ("Oil #39;s quot;up quot;", "Oil #39;s quot;up quot;"),
  ])
  func `entities become their characters`(text: String, clean: String) {
    #expect(Cleaner { $0.decodesEntities = true }.clean(text) == clean)
  }

  @Test func `broken entities are repaired before tags are removed`() {
    let cleaner = Cleaner {
      $0.repairsEntities = true
      $0.tags = .removeAnyName
    }
    #expect(
      cleaner.clean("Oil #39;s  quot;up quot; &lt;b&gt;more&lt;/b&gt;") == "Oil's \"up\"  more ")
  }

  @Test func `backslashes are line breaks, or escapes of symbols`() {
    let cleaner = Cleaner { $0.removesBackslashes = true }
    #expect(cleaner.clean("dwindling\\band cost \\$5\\") == "dwindling band cost $5 ")
  }

  @Test func `digits and punctuation of every script go`() {
    #expect(Cleaner { $0.removesDigits = true }.clean("a1٣b½") == "ab½")
    #expect(
      Cleaner { $0.removesPunctuation = true }.clean("don't «stop» $5…") == "don t  stop   5 ")
  }

  @Test func `stop words go whole, in any case`() {
    let cleaner = Cleaner { $0.stopWords = ["the", "Of"] }
    #expect(cleaner.clean("The end of  the then of") == "end then ")
  }

  @Test func `white space of every kind collapses and is trimmed`() {
    let text = "\u{3000} a\t\n b\u{A0}\u{2003}c\u{85} "
    #expect(Cleaner { $0.collapsesWhitespace = true }.clean(text) == "a b c")
    #expect(Cleaner { $0.collapsesWhitespace = true }.clean(" \n ") == "")
  }

  @Test func `rules run in their order`() {
    let cleaner = Cleaner {
      $0.tags = .removeAnyName
      $0.lowercases = true
      $0.removesPunctuation = true
      $0.stopWords = ["the"]
      $0.collapsesWhitespace = true
    }
    #expect(cleaner.clean("<b>THE</b> End!") == "end")
  }

  @Test func `no rule makes text that is not UTF-8`() {
    var random = SystemRandomNumberGenerator()
    let cleaner = Cleaner {
      $0.repairsEntities = true
      $0.tags = .removeAnyName
      $0.decodesEntities = true
      $0.removesBackslashes = true
      $0.removesURLs = true
      $0.normalization = .nfkc
      $0.lowercases = true
      $0.removesSymbols = true
      $0.collapsesWhitespace = true
    }
    let pieces = ["&", "#39;", "lt;", "<", ">", "é", "Σ", "😀", "\\", "www.", " ", "a", "\"", "="]
    var scratch: [UInt8] = []
    for _ in 0..<5_000 {
      let count = Int.random(in: 0...12, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      var bytes = Array(text.utf8)
      cleaner.clean(&bytes, scratch: &scratch)
      #expect(String(validating: bytes, as: UTF8.self) != nil, "\(text)")
    }
  }
}

extension Cleaner {
  init(_ change: (inout CleaningOptions) -> Void) {
    var options = CleaningOptions()
    change(&options)
    self.init(options)
  }
}
