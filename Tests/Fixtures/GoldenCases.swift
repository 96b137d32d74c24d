import Foundation

/// Other programs' scores: every `metrics*.json` of the golden folder.
package enum GoldenCases {
  package static let missing = "MILLRACE_GOLDEN"

  /// The entries under `key` of every file, decoded; nil when there is no folder.
  package static func all<Case: Decodable>(_ key: String, as type: Case.Type) throws -> [Case]? {
    Folders.golden == nil ? nil : try read(key, of: type, from: "metrics")
  }

  /// The entries under `key` of every file of a name, the project's own first.
  package static func read<Case: Decodable>(
    _ key: String, of type: Case.Type, from prefix: String
  ) throws -> [Case] {
    try Folders.reference(prefix: prefix, ending: ".json").flatMap { file in
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
      let found = json?[key]
      let entries = found as? [Any] ?? found.map { [$0] } ?? []
      return try entries.map {
        try JSONDecoder().decode(type, from: JSONSerialization.data(withJSONObject: $0))
      }
    }
  }
}
