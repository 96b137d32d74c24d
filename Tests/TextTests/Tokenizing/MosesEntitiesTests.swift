import Testing
import Text

@Suite struct `Moses's entities` {
  @Test(arguments: [
    ("&apos;t", "'t"), ("n&apos;@@", "n'@@"), ("&quot;", "\""), ("&#91;&bra;&#124;", "[[|"),
    ("&amp;apos;", "&apos;"), ("naïve", "naïve"), ("R&D", "R&D"), ("", ""),
  ])
  func `a token is read with characters in place of its entities`(token: String, read: String) {
    #expect(MosesEntities.unescaped(token) == read)
  }
}
