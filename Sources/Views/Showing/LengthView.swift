import Artifacts
import Diagnostics
import Formats

/// The length that rows are padded or cut to, and how many rows were cut.
struct LengthView: ArtifactView {
  private let stored: JSONValue
  private let truncated: Int?
  private let truncatedShare: Double?

  init(_ artifact: ShownArtifact) throws(Diagnostic) {
    stored = try artifact.storedJSON()
    let facts = JSONValue.object(artifact.record.facts)
    truncated = facts["truncated"]?.intValue
    truncatedShare = facts["truncated-share"]?.doubleValue
  }

  func summary(width: Int) -> [String] { text(width: width) }

  func text(width: Int) -> [String] {
    let length = stored["length"]?.intValue.map { Spelling.count($0, "token") } ?? "not known"
    guard let truncated, let truncatedShare else { return ["length \(length)"] }
    let rows = Spelling.count(truncated, "row")
    return ["length \(length); \(rows) truncated (\(Spelling.percent(truncatedShare)))"]
  }

  var json: JSONValue { stored }
}
