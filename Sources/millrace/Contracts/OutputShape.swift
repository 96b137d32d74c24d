import Formats

/// What a value of JSON looks like.
indirect enum OutputShape: Sendable {
  case text
  case integer
  case number
  case flag
  case any
  case words([String])
  case list(OutputShape)
  /// Members of names that depend on the data, all alike.
  case map(OutputShape)
  case object([Member])
  case null
  case oneOf([OutputShape])

  /// A member of an object.
  struct Member: Sendable {
    let name: String
    let shape: OutputShape
    let isAlwaysThere: Bool

    init(_ name: String, _ shape: OutputShape, optional: Bool = false) {
      self.name = name
      self.shape = shape
      isAlwaysThere = !optional
    }
  }

  static func orNull(_ shape: OutputShape) -> OutputShape { .oneOf([shape, .null]) }

  /// The shape in the words of JSON Schema.
  var schema: JSONValue {
    switch self {
    case .text: ["type": "string"]
    case .integer: ["type": "integer"]
    case .number: ["type": "number"]
    case .flag: ["type": "boolean"]
    case .null: ["type": "null"]
    case .any: .object([])
    case .words(let words): ["enum": .array(words.map { .string($0) })]
    case .list(let element): ["type": "array", "items": element.schema]
    case .map(let value): ["type": "object", "additionalProperties": value.schema]
    case .oneOf(let shapes): ["anyOf": .array(shapes.map(\.schema))]
    case .object(let members):
      [
        "type": "object",
        "properties": .object(members.map { .init($0.name, $0.shape.schema) }),
        "required": .array(members.filter(\.isAlwaysThere).map { .string($0.name) }),
      ]
    }
  }
}
