import Text

/// What texts are written in and with, as far as a sample tells.
struct TextTraits {
  let language: SpokenLanguage?
  /// Whether some texts hold HTML, entities, characters that are not seen, or emoji.
  let hasTags: Bool
  let hasEntities: Bool
  let hasInvisible: Bool
  let hasEmoji: Bool

  init(_ texts: some Sequence<String>) {
    let texts = Array(texts.lazy.filter { !$0.isBlank }.prefix(500))
    language = SpokenLanguage.guess(from: texts)
    func changes(_ rule: (inout CleaningOptions) -> Void) -> Bool {
      var options = CleaningOptions()
      rule(&options)
      let cleaner = Cleaner(options)
      // One text in a hundred may be an accident.
      var scratch: [UInt8] = []
      let changedCount = texts.count { text in
        var bytes = Array(text.utf8)
        cleaner.clean(&bytes, scratch: &scratch)
        return !bytes.elementsEqual(text.utf8)
      }
      return changedCount * 100 >= texts.count
    }
    let isThere = !texts.isEmpty
    hasTags = isThere && changes { $0.tags = .removeElements }
    hasEntities = isThere && changes { $0.decodesEntities = true }
    hasInvisible = isThere && changes { $0.removesInvisible = true }
    hasEmoji = isThere && changes { $0.emoji = .remove }
  }

  /// What the definition says of them at its top.
  var facts: [String] { language.map { ["The texts seem to be in \($0.name)."] } ?? [] }

  /// Lines of clean for what the texts hold.
  var cleaningLines: [String] {
    var lines: [String] = []
    if hasTags { lines.append(StarterDefinition.aligned("html = true", "some texts hold tags")) }
    if hasEntities {
      lines.append(StarterDefinition.aligned("entities = true", "some hold &amp; and such"))
    }
    if hasInvisible {
      lines.append(
        StarterDefinition.aligned("invisible = \"remove\"", "soft hyphens and such part no words"))
    }
    return lines
  }

  /// Lines of tokenize for a classifier.
  var tokenizingLines: [String] {
    if let language, language.isUnspaced {
      return [
        StarterDefinition.aligned(
          "rules = \"characters\"", "\(language.name) has no spaces between words")
      ]
    }
    let emoji =
      hasEmoji ? [StarterDefinition.aligned("emoji = \"whole\"", "an emoji is one token")] : []
    return ["rules = \"words\""] + emoji
  }
}
