/// How a person points at a column: by its name, or by its number counted from 1.
package enum NameOrNumber: Hashable, Sendable {
  case name(String)
  case number(Int)

  /// As it is written in a key; a number is told from a name of digits by its mark.
  var spelling: String {
    switch self {
    case .name(let name): name
    case .number(let number): "#\(number)"
    }
  }
}
