import Text

/// The language that sentences are in, told by their commonest words, or by their letters.
struct SpokenLanguage: Hashable {
  /// As ISO 639-1 has it.
  let code: String
  let name: String

  /// Its rules of the Moses scripts, if there are some.
  var rules: MosesLanguage? { MosesLanguage(rawValue: code) }

  /// Whether its words stand without spaces between them.
  var isUnspaced: Bool { ["zh", "ja", "th"].contains(code) }

  /// The language of this code; nil for one that is not known here.
  init?(code: String) {
    let known = Self.words.map { ($0.language, $0.name) } + Self.scripts.map { ($0.code, $0.name) }
    guard let found = known.first(where: { $0.0 == code }) else { return nil }
    (self.code, name) = found
  }

  private init(_ code: String, _ name: String) {
    (self.code, self.name) = (code, name)
  }

  /// A language of the name of a file or column: `en`, `eng`, `english`.
  init?(named word: String) {
    let word = word.lowercased()
    if let language = SpokenLanguage(code: word) {
      self = language
      return
    }
    let known = Self.words.map { ($0.language, $0.name) } + Self.scripts.map { ($0.code, $0.name) }
    guard let found = known.first(where: { $0.1.lowercased() == word }) else { return nil }
    self.init(found.0, found.1)
  }

  /// The language of most of the texts; nil when it is not clearly one.
  static func guess(from texts: [String]) -> SpokenLanguage? {
    guess(byLetters: texts) ?? guess(byWords: texts)
  }

  /// A script that one language is written in, as far as such a guess goes.
  private static func guess(byLetters texts: [String]) -> SpokenLanguage? {
    var counts: [String: Int] = [:]
    var total = 0
    var hasKana = false
    for text in texts {
      for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
        total += 1
        hasKana = hasKana || (0x3040...0x30FF).contains(scalar.value)
        for script in scripts where script.letters.contains(where: { $0.contains(scalar.value) }) {
          counts[script.code, default: 0] += 1
        }
      }
    }
    guard let (code, count) = counts.max(by: { $0.value < $1.value }), count * 2 > total else {
      return nil
    }
    guard code != "zh" || !hasKana else { return SpokenLanguage(code: "ja") }
    return code == "ru" ? cyrillic(texts) : SpokenLanguage(code: code)
  }

  /// Which of the languages in Cyrillic it is: by letters that the others lack.
  private static func cyrillic(_ texts: [String]) -> SpokenLanguage? {
    let letters = Set(texts.joined().lowercased().unicodeScalars)
    if letters.contains("і") || letters.contains("ї") { return SpokenLanguage("uk", "Ukrainian") }
    return letters.contains("ы")
      ? SpokenLanguage(code: "ru") : SpokenLanguage("bg", "Bulgarian")
  }

  private static func guess(byWords texts: [String]) -> SpokenLanguage? {
    var counts = Array(repeating: 0, count: words.count)
    var total = 0
    for text in texts {
      for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
        total += 1
        for index in words.indices where words[index].common.contains(String(word)) {
          counts[index] += 1
        }
      }
    }
    let ranked = counts.indices.sorted { counts[$0] > counts[$1] }
    let (first, second) = (counts[ranked[0]], counts[ranked[1]])
    guard first * 12 >= total, first * 4 > 5 * second else { return nil }
    return SpokenLanguage(code: words[ranked[0]].language)
  }

  private static let words: [(language: String, name: String, common: Set<String>)] = [
    ("en", "English", "the of and is to in that it not was for they you with this are have he she"),
    ("de", "German", "der die das und ist nicht ein eine ich den zu mit sie es wir auf dem auch"),
    (
      "fr", "French",
      "le la les et est pas une des je il dans que un en qui du elle nous au n l d qu c j ne"
    ),
    ("es", "Spanish", "el la los las y es no una de que un en por con su para se del lo como"),
    ("pt", "Portuguese", "o a os as e é não uma de que um em do da por com para se no na ele"),
    ("it", "Italian", "il la i le e è non una di che un in per con si del della sono gli lo"),
    ("nl", "Dutch", "de het een en is niet van ik te dat in op zijn met voor hij maar je er"),
    ("sv", "Swedish", "och det att i en jag är som på den för inte med har av ett han om"),
    ("da", "Danish", "og det at i en jeg er som på den for ikke med har af et han hun til"),
    ("no", "Norwegian", "og det å i en jeg er som på den for ikke med har av et han til hun"),
    ("fi", "Finnish", "ja on ei se että hän oli mutta kun niin joka en ovat minä myös tämä"),
    ("pl", "Polish", "i w nie na się z do to że jest jak o po co za ale od jego jej tak"),
    ("cs", "Czech", "a v se na je že to s z do o i jako ale po jsem není si by které"),
    ("ro", "Romanian", "și în de la nu o a cu că este un pe din care mai sunt am fost"),
    ("hu", "Hungarian", "a az és hogy nem is egy van meg de ez volt csak mint ha már"),
    ("tr", "Turkish", "ve bir bu da de için ne o mi çok ben ama gibi değil var daha"),
    ("id", "Indonesian", "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya"),
    ("vi", "Vietnamese", "và của là không có một được cho người trong này đã tôi những với"),
  ].map { ($0.0, $0.1, Set($0.2.split(separator: " ").map(String.init))) }

  private static let scripts: [(code: String, name: String, letters: [ClosedRange<UInt32>])] = [
    ("zh", "Chinese", [0x4E00...0x9FFF, 0x3400...0x4DBF]), ("ja", "Japanese", [0x3040...0x30FF]),
    ("ko", "Korean", [0xAC00...0xD7AF, 0x1100...0x11FF]), ("ru", "Russian", [0x0400...0x04FF]),
    ("el", "Greek", [0x0370...0x03FF]), ("he", "Hebrew", [0x0590...0x05FF]),
    ("ar", "Arabic", [0x0600...0x06FF]), ("hi", "Hindi", [0x0900...0x097F]),
    ("th", "Thai", [0x0E00...0x0E7F]),
  ]
}
