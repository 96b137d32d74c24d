/// The characters that have a meaning in Moses's formats, and the entities it writes for them.
package enum MosesEntities {
  private static let pairs: [(character: UInt8, entity: String)] = [
    (UInt8(ascii: "|"), "&#124;"), (UInt8(ascii: "<"), "&lt;"), (UInt8(ascii: ">"), "&gt;"),
    (UInt8(ascii: "'"), "&apos;"), (UInt8(ascii: "\""), "&quot;"),
    (UInt8(ascii: "["), "&#91;"), (UInt8(ascii: "]"), "&#93;"), (UInt8(ascii: "&"), "&amp;"),
  ]

  /// The entity of each ASCII character, empty for those that have none.
  static let entities: [[UInt8]] = {
    var table = [[UInt8]](repeating: [], count: 128)
    for (character, entity) in pairs { table[Int(character)] = Array(entity.utf8) }
    return table
  }()

  /// Entities back to characters, old names included; the ampersand last.
  static let unescaping: [Substitution] =
    [
      Substitution("&bar;", with: "|"), Substitution("&bra;", with: "["),
      Substitution("&ket;", with: "]"),
    ]
    + pairs.map { Substitution($0.entity, with: String(Unicode.Scalar($0.character))) }

  /// A token as a person reads it, entities back as characters.
  package static func unescaped(_ token: String) -> String {
    var text = ScalarText(token.utf8.span)
    for rule in unescaping { rule.apply(to: &text) }
    var bytes: [UInt8] = []
    text.append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
