import Fixtures
import Foundation

/// Other programs' scores: every `metrics*.json` of the golden folder.
enum GoldenCases {
  static let missing = "MILLRACE_GOLDEN"

  /// The entries under `key` of every file, decoded; nil when there is no folder.
  static func all<Case: Decodable>(_ key: String, as type: Case.Type) throws -> [Case]? {
    guard let folder = Folders.golden else { return nil }
    let files = Folders.files(below: folder, ending: ".json")
      .filter { $0.lastPathComponent.hasPrefix("metrics") }
    return try files.flatMap { file in
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
      let found = json?[key]
      let entries = found as? [Any] ?? found.map { [$0] } ?? []
      return try entries.map {
        try JSONDecoder().decode(type, from: JSONSerialization.data(withJSONObject: $0))
      }
    }
  }
}

/// Whether two numbers differ by at most `tolerance` of the larger.
func isClose(_ a: Double, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
  abs(a - b) <= tolerance * max(abs(a), abs(b))
}
