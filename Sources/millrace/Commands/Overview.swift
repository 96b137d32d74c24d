import Artifacts
import Diagnostics
import Digests
import Formats
import Pipelines
import Reports
import Views

/// Every stage of a definition with the artifacts of its last result.
struct Overview {
  private let stages: [(planned: PlannedStage, state: Assessment.State, shown: ShownStage?)]

  init(_ assessment: Assessment, _ store: ArtifactStore) throws(Diagnostic) {
    stages = try assessment.stages.map { (stage) throws(Diagnostic) in
      (stage.planned, stage.state, try ShownStage(stage, in: assessment, store))
    }
  }

  func show(as format: OutputFormat) throws(Diagnostic) {
    let output = Terminal.output
    switch format {
    case .json: output.line(json.pretty)
    case .text: for line in table.lines(width: output.width) { output.line(line) }
    case .csv, .markdown:
      for line in try format.lines(of: [ShownTable("stages", table)]) { output.line(line) }
    }
  }

  private var table: TextTable {
    var table = TextTable([
      .name("stage"), .name("output"), .name("type"), .number("size"), .name("digest"),
      .text("result"),
    ])
    for (planned, state, shown) in stages {
      guard let shown else {
        table.append([planned.name, "", "", "", "", "no result yet"])
        continue
      }
      let stale = state == .cached ? "" : "(not up to date) "
      for (index, output) in shown.record.outputs.enumerated() {
        table.append([
          index == 0 ? planned.name : "", output.port, output.type,
          Spelling.bytes(output.byteCount), output.digest.short,
          index == 0 ? stale + (shown.record.summary ?? "") : "",
        ])
      }
    }
    return table
  }

  private var json: JSONValue {
    let list = stages.map { planned, state, shown in
      let outputs = (shown?.record.outputs ?? []).map { output in
        JSONValue.Member(output.port, .object(output.members))
      }
      return [
        "name": .string(planned.name), "kind": .string(planned.kind.kind),
        "state": .string(state.rawValue), "outputs": .object(outputs),
      ] as JSONValue
    }
    return ["stages": .array(list)]
  }
}

extension RecordedOutput {
  /// Type, digest and size, for JSON.
  var members: [JSONValue.Member] {
    [
      .init("type", .string(type)), .init("digest", .string("\(digest)")),
      .init("bytes", .integer(byteCount)),
    ]
  }
}
