import Formats
import TOML

extension TOMLValue {
  /// The value as TOML on one line.
  package var spelling: String {
    switch self {
    case .string(let text): Self.quoted(text)
    case .integer(let number): "\(number)"
    case .float(let number): "\(number)"
    case .boolean(let flag): "\(flag)"
    case .offsetDateTime(let time): "\(time)"
    case .localDateTime(let time): "\(time)"
    case .localDate(let date): "\(date)"
    case .localTime(let time): "\(time)"
    case .array(let nodes): "[\(nodes.map(\.value.spelling).joined(separator: ", "))]"
    case .table(let table):
      "{ "
        + table.entries.map { "\(Self.quoted($0.key)) = \($0.node.value.spelling)" }
        .joined(separator: ", ") + " }"
    }
  }

  /// The value for programs.
  var json: JSONValue {
    switch self {
    case .string(let text): .string(text)
    case .integer(let number): .integer(number)
    case .float(let number): number.isFinite ? .number(number) : .string(spelling)
    case .boolean(let flag): .bool(flag)
    case .offsetDateTime, .localDateTime, .localDate, .localTime: .string(spelling)
    case .array(let nodes): .array(nodes.map(\.value.json))
    case .table(let table): .object(table.entries.map { .init($0.key, $0.node.value.json) })
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
