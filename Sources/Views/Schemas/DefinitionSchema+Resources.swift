import Formats
import Pipelines

/// The tables that say where stages are carried out, and what they need.
extension DefinitionSchema {
  private static let count: JSONValue = ["type": "integer", "minimum": 1]
  private static let size: JSONValue = ["type": "string", "description": "a size, as 8G or 500M"]
  private static let time: JSONValue = ["type": "string", "description": "a time, as 30m or 2h"]

  static let executor: JSONValue = [
    "type": "object", "description": "where stages are carried out",
    "properties": [
      "kind": ["enum": .array(ExecutorName.allCases.map { .string($0.rawValue) })],
      "partition": ["type": "string"], "account": ["type": "string"], "time": time,
      "memory": size, "memory-limit": size,
      "cores": ["anyOf": [count, ["type": "object", "additionalProperties": count]]],
      "options": [
        "anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]],
        "description": "further options of sbatch",
      ],
      "jobs": count, "chunk": count,
    ], "additionalProperties": false,
  ]

  static let needs: JSONValue = [
    "type": "object", "description": "what the stage needs of a machine; part of no key",
    "properties": ["cores": count, "memory": size, "time": time], "additionalProperties": false,
  ]
}
