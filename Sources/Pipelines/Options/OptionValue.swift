/// A resolved option, typed, so that it can be spelled in a key and read back from a model.
package enum OptionValue: Hashable, Sendable {
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case texts([String])

  /// The canonical spelling in a key; two values that mean the same are spelled the same.
  package var spelling: String {
    switch self {
    case .flag(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .number(let number): StageKey.spelling(of: number)
    case .text(let text): StageKey.spelling(of: text)
    case .texts(let texts): "[\(texts.map(StageKey.spelling).joined(separator: ", "))]"
    }
  }
}
