/// A TOML value.
package enum TOMLValue: Hashable, Sendable {
  case string(String)
  case integer(Int64)
  case float(Double)
  case boolean(Bool)
  case offsetDateTime(OffsetDateTime)
  case localDateTime(LocalDateTime)
  case localDate(LocalDate)
  case localTime(LocalTime)
  case array([TOMLNode])
  case table(TOMLTable)

  /// The name of the value's type, as the TOML specification has it, with its article.
  package var typeName: String {
    switch self {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a float"
    case .boolean: "a boolean"
    case .offsetDateTime: "an offset date-time"
    case .localDateTime: "a local date-time"
    case .localDate: "a local date"
    case .localTime: "a local time"
    case .array: "an array"
    case .table: "a table"
    }
  }
}

/// A value and where it was written.
package struct TOMLNode: Hashable, Sendable {
  package let value: TOMLValue
  package let range: SourceRange

  package init(_ value: TOMLValue, at range: SourceRange) {
    self.value = value
    self.range = range
  }
}
