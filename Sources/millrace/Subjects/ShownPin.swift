import Artifacts
import Diagnostics
import Digests
import Formats
import Pipelines
import Reports

/// What a pin keeps, for `show NAME`: the outputs of its results.
struct ShownPin {
  private struct Kept {
    let kind: String
    let output: RecordedOutput
    let summary: String
    let isEvicted: Bool
  }

  private let pin: Pin
  private let kept: [Kept]

  init(_ pin: Pin, in store: ArtifactStore) throws(Diagnostic) {
    self.pin = pin
    var kept: [Kept] = []
    for key in pin.keys {
      guard let record = try store.storedRecord(key) else { continue }
      for output in record.outputs {
        kept.append(
          Kept(
            kind: record.keyValue("kind") ?? "?", output: output, summary: record.summary ?? "",
            isEvicted: try store.isEvicted(output.digest)))
      }
    }
    for object in pin.objects {
      let stored = try StoredOutput(named: "\(object)", in: store)
      kept.append(
        Kept(
          kind: stored.record.keyValue("kind") ?? "?", output: stored.output,
          summary: stored.record.summary ?? "", isEvicted: try store.isEvicted(object)))
    }
    self.kept = kept
  }

  func text(width: Int) -> [String] {
    var table = TextTable([
      .name("made by"), .name("output"), .name("digest"), .number("size"), .text("result"),
    ])
    for kept in kept {
      table.append([
        kept.kind, kept.output.port, kept.output.digest.short,
        kept.isEvicted ? "evicted" : Spelling.bytes(kept.output.byteCount), kept.summary,
      ])
    }
    return ["pin \(pin.name): \(pin.about)", ""] + table.lines(width: width)
  }

  var json: JSONValue {
    [
      "pin": .string(pin.name), "about": .string(pin.about),
      "kept": .array(
        kept.map { kept in
          .object(
            [.init("kind", .string(kept.kind)), .init("output", .string(kept.output.port))]
              + kept.output.members + [.init("evicted", .bool(kept.isEvicted))])
        }),
    ]
  }
}
