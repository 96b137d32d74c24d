import Formats

/// What is wrong with a value beside a JSON Schema, as far as the printed ones go: types, members,
/// elements, alternatives and words.
struct SchemaCheck {
  /// The problems found, each with the way to the value.
  private(set) var problems: [String] = []

  init(_ value: JSONValue, _ schema: JSONValue) { check(value, schema, at: "$") }

  private mutating func check(_ value: JSONValue, _ schema: JSONValue, at path: String) {
    if let type = schema["type"]?.stringValue, !Self.isOf(type, value) {
      problems.append("\(path) is no \(type)")
      return
    }
    if let words = schema["enum"]?.arrayValue, !words.contains(value) {
      problems.append("\(path) is none of \(words)")
    }
    if let choices = schema["anyOf"]?.arrayValue {
      let found = choices.map { SchemaCheck(value, $0).problems }
      if !found.contains([]) { problems.append("\(path) is none of its forms: \(found)") }
    }
    if let members = value.objectValue { check(members, schema, at: path) }
    if let elements = value.arrayValue, let items = schema["items"] {
      for (place, element) in elements.enumerated() {
        check(element, items, at: "\(path)[\(place)]")
      }
    }
  }

  private mutating func check(
    _ members: [JSONValue.Member], _ schema: JSONValue, at path: String
  ) {
    for name in schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] {
      if !members.contains(where: { $0.name == name }) { problems.append("\(path) has no \(name)") }
    }
    for member in members {
      if let known = schema["properties"]?[member.name] ?? schema["additionalProperties"] {
        check(member.value, known, at: "\(path).\(member.name)")
      }
    }
  }

  private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("string", .string), ("boolean", .bool), ("null", .null), ("array", .array),
      ("object", .object), ("number", .number), ("number", .integer), ("integer", .integer):
      true
    default: false
    }
  }
}
