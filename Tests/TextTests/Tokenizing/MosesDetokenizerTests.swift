import Testing
import Text

struct MosesDetokenizerTests {
  @Test(arguments: [
    (
      MosesLanguage.english, "he said : &quot; it &apos;s ok &quot; ( $ 5 ) .",
      #"he said: "it's ok" ($5)."#
    ),
    (.english, "the Jones &apos; house , isn &apos;t it ?", "the Jones' house, isn't it?"),
    (.english, "a well @-@ known fact &amp;lt;", "a well-known fact &lt;"),
    (.english, "@-@ x", "-x"),
    (.french, "qu&apos; est @-@ ce que c&apos; est ? 5 % !", "qu'est-ce que c'est ? 5 % !"),
    (.german, "„ Ja “ , sagte er .", "„Ja“, sagte er."),
    (.english, "日本 語 word", "日本語 word"),
    (.english, "<tag attribute>", "<tag attribute>"),
    (.english, "  ", "  "),
    (.english, "", ""),
  ])
  func `tokens join to sentences`(language: MosesLanguage, tokens: String, text: String) {
    #expect(detokenize(tokens, language) == text)
  }

  @Test(arguments: [
    "Two men, one of them old, don't know what they're doing.",
    "She said: \"It costs $5,300.50 (about 10%)!\"",
    "Is this the dogs' house? No; it's a 1990's barn...",
    "A well-known fact [see e.g. page 5].",
  ])
  func `plain English sentences survive tokens and back`(sentence: String) throws {
    let tokenizer = Tokenizer.moses(try MosesTokenizer(MosesTokenizer.Options(.english)))
    var tokens: [UInt8] = []
    tokenizer.tokenize(Array(sentence.utf8).span, into: &tokens)
    var text: [UInt8] = []
    tokenizer.detokenize(tokens.span, into: &text)
    #expect(String(decoding: text, as: UTF8.self) == sentence)
  }

  private func detokenize(_ tokens: String, _ language: MosesLanguage) -> String {
    var output: [UInt8] = []
    MosesDetokenizer(language).detokenize(Array(tokens.utf8).span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }
}
