import Artifacts
import Chains
import Diagnostics
import Formats
import Pipelines

/// What differs between two artifacts of a type.
package protocol ArtifactDifference: Sendable {
  /// A line or two.
  func summary(width: Int) -> [String]
  /// All there is to say.
  func text(width: Int) -> [String]
  var json: JSONValue { get }
}

/// The difference of every artifact type that has one.
package enum ArtifactDifferences {
  /// Compares two artifacts of one type; nil when there is no way to compare that type.
  ///
  /// - Parameter origins: where the rows of b came from, if that is known.
  package static func difference(
    of a: RecordedOutput, _ b: RecordedOutput, in store: ArtifactStore,
    origins: ShownOrigins? = nil
  ) throws(Diagnostic) -> (any ArtifactDifference)? {
    switch ArtifactType(a.type) {
    case .table: try TableDifference(a, b, in: store, origins: origins)
    case .merges, .vocabulary, .dictionary: try EntriesDifference(a, b, in: store)
    case .dataset: try DatasetDifference(a, b, in: store)
    case .model, .checkpoint: try TensorsDifference(a, b, in: store)
    case .scores, .length, .history: try ValuesDifference(a, b, in: store)
    default: nil
    }
  }
}

extension Spelling {
  /// Of two lists: what only either has, and how many they are: `−3, +12, of 6,000 → 6,009`.
  package static func difference(onlyA: Int, onlyB: Int, of counts: (Int, Int)) -> String {
    var parts: [String] = []
    if onlyA > 0 { parts.append("−\(count(onlyA))") }
    if onlyB > 0 { parts.append("+\(count(onlyB))") }
    parts.append("of \(count(counts.0)) → \(count(counts.1))")
    return parts.joined(separator: ", ")
  }
}
