import Diagnostics
import Formats
import Text

/// Tokens that were added to a vocabulary and are taken out of a text as they stand.
struct AddedTokens {
  private struct Token {
    let id: Int
    let content: String
  }

  /// In the order of their numbers.
  private var tokens: [Token] = []

  var contents: [[UInt8]] { tokens.map { Array($0.content.utf8) } }

  /// - Parameter list: each token with its number, and whether and how it is looked for in a text.
  /// - Throws: when a token is not looked for as special tokens are.
  init(
    _ list: some Sequence<(id: Int?, token: JSONValue)>, in file: JSONFile
  ) throws(Diagnostic) {
    for (id, token) in list {
      guard let id, id >= 0, let content = token["content"]?.stringValue else {
        throw file.refusal(of: "an added token", token, "a content with its id")
      }
      // Blanks before and behind a token make no difference, since none is part of another token.
      for (name, meaning) in [
        ("single_word", "only as a whole word"), ("normalized", "afterwards"),
      ]
      where token[name]?.boolValue ?? false {
        throw Diagnostic(.soughtOtherwise(content, name, meaning), at: Place(file: file.path))
      }
      guard !content.isEmpty, !content.contains(where: \.isWhitespace) else {
        throw file.refusal(of: "an added token", .string(content), "a token without blanks")
      }
      tokens.append(Token(id: id, content: content))
    }
    tokens.sort { $0.id < $1.id }
  }

  /// The entries with those tokens behind them that are not among them.
  ///
  /// - Parameter file: of the entries.
  func appended(to entries: PieceEntries, of file: String) throws(Diagnostic) -> PieceEntries {
    var all = (0..<entries.count).map { entries[$0] }
    for token in tokens {
      let bytes = Array(token.content.utf8)[...]
      if token.id < all.count {
        guard all[token.id] == bytes else {
          let entry = String(decoding: all[token.id], as: UTF8.self)
          throw Diagnostic(.otherNumber(token.content, token.id, entry), at: Place(file: file))
        }
      } else if token.id == all.count {
        all.append(bytes)
      } else {
        throw Diagnostic(.hole(token.content, token.id, all.count), at: Place(file: file))
      }
    }
    return all.count == entries.count ? entries : try PieceEntries(all, file: file) { _ in nil }
  }
}

extension Diagnostic.Message {
  fileprivate static func soughtOtherwise(
    _ token: String, _ setting: String, _ meaning: String
  ) -> Self {
    Self(
      "the added token '\(token)' has \(setting) = true, to be found \(meaning): that is not supported",
      remedy: "add it with \(setting) = false")
  }

  fileprivate static func otherNumber(_ token: String, _ id: Int, _ entry: String) -> Self {
    Self(
      "the added token '\(token)' has the number \(id), which is that of '\(entry)'",
      remedy: EncoderTokenizer.remedy)
  }

  fileprivate static func hole(_ token: String, _ id: Int, _ count: Int) -> Self {
    Self(
      "the added token '\(token)' has the number \(id), but the entries end with \(count - 1)",
      remedy: EncoderTokenizer.remedy)
  }
}
