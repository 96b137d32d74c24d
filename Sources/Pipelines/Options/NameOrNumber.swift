/// A column as a definition gives it: by its name, or by its number counted from 1.
package enum NameOrNumber: Hashable, Sendable {
  case name(String)
  case number(Int)

  /// As it is written in a key, where a number has a mark that tells it from a name of digits.
  var spelling: String {
    switch self {
    case .name(let name): name
    case .number(let number): "#\(number)"
    }
  }
}
