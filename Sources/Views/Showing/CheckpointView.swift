import Artifacts
import Diagnostics
import Formats
import Reports

/// A training's state: how far it is, and the tensors it goes on from.
struct CheckpointView: ArtifactView {
  private let groups: [(name: String, tensors: Int, numbers: Int, byteCount: Int)]
  private let state: JSONValue

  init(_ artifact: ShownArtifact) throws(Diagnostic) {
    let file = try artifact.tensors()
    state = try JSONValue(parsing: file.metadata("state") ?? "{}", file: artifact.output.port)
    var groups: [(name: String, tensors: Int, numbers: Int, byteCount: Int)] = []
    for entry in file.entries.sorted(by: { $0.name < $1.name }) {
      let name = Self.group(of: entry.name)
      if groups.last?.name != name { groups.append((name, 0, 0, 0)) }
      groups[groups.count - 1].tensors += 1
      groups[groups.count - 1].numbers += entry.count
      groups[groups.count - 1].byteCount += entry.byteRange.count
    }
    self.groups = groups
  }

  /// `weights`, `best`, `optimizer.mean`: what comes before the parameter's own name.
  private static func group(of tensor: String) -> String {
    let parts = tensor.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.prefix(parts.first == "optimizer" ? 2 : 1).joined(separator: ".")
  }

  private var epochCount: Int { state["history"]?.arrayValue?.count ?? 0 }

  private var headline: String {
    let batch = state["batch"]?.intValue ?? 0
    let bytes = groups.reduce(0) { $0 + $1.byteCount }
    return "after \(Spelling.count(epochCount, "epoch"))"
      + (batch > 0 ? " and \(Spelling.count(batch, "batch"))" : "")
      + ", \(Spelling.count(state["steps"]?.intValue ?? 0, "step")); \(Spelling.bytes(bytes))"
  }

  func summary(width: Int) -> [String] { headline.wrapped(to: width) }

  func text(width: Int) -> [String] {
    var table = TextTable([
      .text("held"), .number("tensors"), .number("numbers"), .number("size"),
    ])
    for group in groups {
      table.append([
        group.name, Spelling.count(group.tensors), Spelling.count(group.numbers),
        Spelling.bytes(group.byteCount),
      ])
    }
    return [headline, ""] + table.lines(width: width)
  }

  var json: JSONValue {
    let held = groups.map { group in
      [
        "name": .string(group.name), "tensors": .integer(group.tensors),
        "numbers": .integer(group.numbers), "bytes": .integer(group.byteCount),
      ] as JSONValue
    }
    return [
      "epochs": .integer(epochCount), "batch": state["batch"] ?? .null,
      "steps": state["steps"] ?? .null, "tensors": .array(held),
    ]
  }
}
