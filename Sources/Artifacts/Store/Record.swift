import Digests
import Formats

/// One output of a stage, as its record names it.
package struct RecordedOutput: Hashable, Sendable {
  package let port: String
  /// The artifact type's name.
  package let type: String
  package let digest: Digest
  package let byteCount: Int

  package init(port: String, type: String, digest: Digest, byteCount: Int) {
    self.port = port
    self.type = type
    self.digest = digest
    self.byteCount = byteCount
  }
}

/// What one piece of work did: its key, its outputs, and the time and memory it took.
///
/// The work is done if its record is in the store.
package final class Record: Sendable {
  private let writtenKey: WrittenKey
  /// The digest of `keyText`.
  package let key: Digest
  package let outputs: [RecordedOutput]
  /// The facts as compact JSON, read only when asked for.
  let factsText: String
  package let seconds: Double
  package let cpuSeconds: Double
  /// The most memory in use, in bytes.
  package let peakBytes: Int
  package let host: String
  /// Name and version of the program.
  package let tool: String
  /// When the work ended, in UTC: `2026-11-22T00:52:37Z`.
  package let when: String
  /// What the work printed.
  package let log: Digest?
  /// By which the owners of a trust key know it as one of theirs; nil when it was made without a key.
  let seal: Digest?

  package convenience init(
    keyText: String, outputs: [RecordedOutput], facts: [JSONValue.Member] = [], seconds: Double = 0,
    cpuSeconds: Double = 0, peakBytes: Int = 0, host: String = "", tool: String = "",
    when: String = "", log: Digest? = nil
  ) {
    self.init(
      key: BLAKE3.digest(of: keyText), writtenKey: .text(keyText), outputs: outputs,
      factsText: JSONValue.object(facts).compact, seconds: seconds, cpuSeconds: cpuSeconds,
      peakBytes: peakBytes, host: host, tool: tool, when: when, log: log)
  }

  init(
    key: Digest, writtenKey: WrittenKey, outputs: [RecordedOutput], factsText: String,
    seconds: Double, cpuSeconds: Double, peakBytes: Int, host: String, tool: String, when: String,
    log: Digest?, seal: Digest? = nil
  ) {
    self.key = key
    self.writtenKey = writtenKey
    self.outputs = outputs
    self.factsText = factsText
    self.seconds = seconds
    self.cpuSeconds = cpuSeconds
    self.peakBytes = peakBytes
    self.host = host
    self.tool = tool
    self.when = when
    self.log = log
    self.seal = seal
  }

  /// A record with a seal.
  convenience init(_ record: Record, seal: Digest) {
    self.init(
      key: record.key, writtenKey: record.writtenKey, outputs: record.outputs,
      factsText: record.factsText, seconds: record.seconds, cpuSeconds: record.cpuSeconds,
      peakBytes: record.peakBytes, host: record.host, tool: record.tool, when: record.when,
      log: record.log, seal: seal)
  }

  /// Everything that determines the outputs, as readable lines; made at each call.
  package var keyText: String { writtenKey.text }

  /// Facts about the result: rows, dropped examples, scores; parsed at each call.
  package var facts: [JSONValue.Member] {
    (try? JSONValue(parsing: factsText, file: "record \(key.short)"))?.objectValue ?? []
  }

  /// One of the facts, without reading those behind it; nil when there is none of the name.
  package func fact(_ name: String) -> JSONValue? {
    JSONValue.member(name, ofObject: Array(factsText.utf8))
  }

  /// The output of that port.
  package func output(_ port: String) -> RecordedOutput? { outputs.first { $0.port == port } }
}

extension Record: Hashable {
  package static func == (a: Record, b: Record) -> Bool { a === b || a.text == b.text }

  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
