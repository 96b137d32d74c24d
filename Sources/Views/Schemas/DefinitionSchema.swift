import Formats
import Pipelines

/// The JSON Schema of definitions, by which editors complete and check them.
///
/// Draft 7, which editors of TOML know. What the kinds declare of their options is all it is made
/// from, so that it cannot differ from what is read. It does not know what references lead to.
package struct DefinitionSchema {
  private static let draft = "http://json-schema.org/draft-07/schema#"

  private let catalog: StageCatalog

  package init(of catalog: StageCatalog) { self.catalog = catalog }

  package var json: JSONValue {
    let kinds = catalog.kinds.map { kind in JSONValue.Member(kind.kind, schema(of: kind)) }
    return [
      "$schema": .string(Self.draft), "title": "Millrace pipeline", "type": "object",
      "properties": [
        "name": ["type": "string", "description": "what the pipeline is called"],
        "seed": [
          "type": "integer", "minimum": 0,
          "description": "where random numbers start; 0 unless given",
        ],
        "stage": stages,
        "test": [
          "enum": ["open", "final"],
          "description": "final: scores of the part test are computed only with --final",
        ],
        "sweep": ["type": "object", "additionalProperties": ["$ref": "#/definitions/sweep"]],
        "executor": ["$ref": "#/definitions/executor"],
      ],
      "required": ["stage"], "additionalProperties": false,
      "definitions": .object(
        [
          .init("stage", stage), .init("sweep", Self.sweep),
          .init("executor", Self.executor), .init("needs", Self.needs),
        ]
          + kinds.map { .init("kind-\($0.name)", $0.value) }),
    ]
  }

  /// The table of stages: one that is called like a kind need not name it.
  private var stages: JSONValue {
    let named = catalog.names.map { name -> JSONValue.Member in
      .init(
        name,
        [
          "if": ["required": ["kind"]], "then": ["$ref": "#/definitions/stage"],
          "else": Self.reference(name),
        ])
    }
    return [
      "type": "object", "minProperties": 1, "properties": .object(named),
      "additionalProperties": [
        "allOf": [["required": ["kind"]], ["$ref": "#/definitions/stage"]]
      ],
    ]
  }

  /// A stage that names its kind.
  private var stage: JSONValue {
    let rules = catalog.names.map { name -> JSONValue in
      [
        "if": ["properties": ["kind": ["const": .string(name)]]], "then": Self.reference(name),
      ]
    }
    return [
      "type": "object",
      "properties": [
        "kind": [
          "description": "what the stage does", "enum": .array(catalog.names.map { .string($0) }),
        ]
      ],
      "allOf": .array(rules),
    ]
  }

  private static func reference(_ kind: String) -> JSONValue {
    ["$ref": .string("#/definitions/kind-\(kind)")]
  }

  private func schema(of kind: any Stage.Type) -> JSONValue {
    let options = catalog.describe(kind)
    var names: [String] = []
    for option in options where !names.contains(option.name) { names.append(option.name) }
    let properties = names.map { name in
      JSONValue.Member(name, Self.schema(of: options.filter { $0.name == name }))
    }
    // What others fall back to, as source-vocabulary to vocabulary, they may stand in for.
    let required = options.filter { option in
      option.defaultValue == nil && option.condition == nil
        && !options.contains { $0.defaultValue == option.name }
    }
    return [
      "type": "object", "description": .string(String(kind.manual.prefix { $0 != "\n" })),
      "properties": .object(
        [
          .init("kind", ["const": .string(kind.kind)]),
          .init("needs", ["$ref": "#/definitions/needs"]),
        ] + properties + Self.ownTables(in: options)),
      "required": .array(required.map { .string($0.name) }), "additionalProperties": false,
    ]
  }

  /// Tables of the options that belong to a word of another option, as those of a model.
  private static func ownTables(in options: [OptionDeclaration]) -> [JSONValue.Member] {
    options.indices.filter { options[$0].hasOwnTables }.flatMap { place in
      options[place].words.map { word in
        let own = options[(place + 1)...].filter { option in
          option.condition.map { $0.contains("\"\(word)\"") } ?? true
        }
        var names: [String] = []
        for option in own where !names.contains(option.name) { names.append(option.name) }
        let properties = names.map { name in
          JSONValue.Member(name, schema(of: own.filter { $0.name == name }))
        }
        return .init(
          word,
          [
            "type": "object",
            "description": .string(
              "options that are read with \(options[place].name) = \"\(word)\""),
            "properties": .object(properties), "additionalProperties": false,
          ])
      }
    }
  }

  /// An option, which may be declared several times under different conditions.
  private static func schema(of declarations: [OptionDeclaration]) -> JSONValue {
    var shapes: [OptionShape] = []
    for option in declarations where !shapes.contains(option.shape) { shapes.append(option.shape) }
    let lines = declarations.map { option in
      let condition = option.condition.map { "with \($0): " } ?? ""
      let standard = option.defaultValue.map { "; default \($0)" } ?? ""
      return "\(condition)\(option.meaning) (\(option.expectation)\(standard))"
    }
    let shape = shapes.count == 1 ? shapes[0] : OptionShape.oneOf(shapes)
    let description = JSONValue.Member("description", .string(lines.joined(separator: "\n")))
    return .object([description] + (shape.schema.objectValue ?? []))
  }

  private static let sweep: JSONValue = [
    "type": "object", "description": "settings to compare",
    "properties": [
      "grid": ["type": "object", "description": "every combination of these values"],
      "zip": ["type": "object", "description": "the first values together, then the second ones"],
      "list": [
        "type": "array", "items": ["type": "object"], "description": "settings, point by point",
      ],
      "random": ["type": "object", "description": "points drawn from ranges"],
      "seeds": [
        "type": "integer", "minimum": 1, "maximum": 1000, "description": "runs of each point",
      ],
      "halving": [
        "type": "object", "description": "train all a little, the best ones further",
        "properties": [
          "start": ["type": "integer", "minimum": 1], "factor": ["type": "integer", "minimum": 2],
          "by": ["type": "string"],
        ], "additionalProperties": false,
      ],
      "best": ["type": "string", "description": "what decides: \"evaluate.accuracy max\""],
    ], "additionalProperties": false,
  ]
}

extension OptionShape {
  /// The shape in the words of JSON Schema.
  fileprivate var schema: JSONValue {
    switch self {
    case .flag: ["type": "boolean"]
    case .integer(let range):
      .object(
        [.init("type", "integer")]
          + (range.lowerBound == Int.min ? [] : [.init("minimum", .integer(range.lowerBound))])
          + (range.upperBound == Int.max ? [] : [.init("maximum", .integer(range.upperBound))]))
    case .number(let range): .object([.init("type", "number")] + range.bounds)
    case .text: ["type": "string"]
    case .character: ["type": "string", "minLength": 1, "maxLength": 1]
    case .word(let words): ["enum": .array(words.map { .string($0) })]
    case .list(let element):
      ["anyOf": [element.schema, ["type": "array", "items": element.schema]]]
    case .table(let element): ["type": "object", "additionalProperties": element.schema]
    case .oneOf(let shapes): ["anyOf": .array(shapes.map(\.schema))]
    }
  }
}

extension NumberRange {
  fileprivate var bounds: [JSONValue.Member] {
    var bounds: [JSONValue.Member] = []
    if minimum > -.infinity {
      bounds.append(.init(includesMinimum ? "minimum" : "exclusiveMinimum", .number(minimum)))
    }
    if maximum < .infinity {
      bounds.append(.init(includesMaximum ? "maximum" : "exclusiveMaximum", .number(maximum)))
    }
    return bounds
  }
}
