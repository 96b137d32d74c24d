import Artifacts
import Diagnostics
import Digests
import Files
import Formats

/// How the work on an order ended, as a text beside it: the reason why there is no result, if there
/// is none.
package struct WrittenEnding: Sendable {
  package let ending: StageEnding
  /// Where the work was done: the host, and the job of a scheduler, if it was one.
  package let host: String
  package let job: String?
  /// The most memory that the process ever held.
  package let peakBytes: Int
  /// Whether processes of the job were ended for want of memory.
  package let isShortOfMemory: Bool

  package init(_ ending: StageEnding, job: String?, isShortOfMemory: Bool = false) {
    self.ending = ending
    self.job = job
    self.isShortOfMemory = isShortOfMemory
    host = Host.name
    peakBytes = ResourceUsage.peakBytes
  }

  private static let suffix = ".ending"

  /// What it is called among the orders.
  package static func name(of key: Digest) -> String { "\(key)\(suffix)" }

  /// The ending of the work on a key; nil when none was written, or it cannot be read.
  package init?(of key: Digest, in store: ArtifactStore) {
    let name = Self.name(of: key)
    guard let bytes = try? store.order(named: name),
      let json = try? JSONValue(parsing: bytes, file: name),
      let ending = StageEnding(json)
    else { return nil }
    self.ending = ending
    host = json["host"]?.stringValue ?? ""
    job = json["job"]?.stringValue
    peakBytes = json["peak-bytes"]?.intValue ?? 0
    isShortOfMemory = json["short-of-memory"]?.boolValue ?? false
  }

  package func write(of key: Digest, to store: ArtifactStore) throws(Diagnostic) {
    let json = JSONValue.object(
      ending.members + [
        .init("host", .string(host)), .init("job", job.map { .string($0) } ?? .null),
        .init("peak-bytes", .integer(peakBytes)), .init("short-of-memory", .bool(isShortOfMemory)),
      ])
    try store.setOrder(named: Self.name(of: key), to: json.pretty + "\n")
  }
}

extension StageEnding {
  fileprivate var members: [JSONValue.Member] {
    switch self {
    case .ran(let seconds): [.init("ended", "ran"), .init("seconds", .number(seconds))]
    case .madeByAnother: [.init("ended", "made")]
    case .stopped(let seconds): [.init("ended", "stopped"), .init("seconds", .number(seconds))]
    case .failed(let problem, let seconds):
      [
        .init("ended", "failed"), .init("seconds", .number(seconds)),
        .init("problem", problem.order),
      ]
    case .missing(let digest, let problem, let seconds):
      [
        .init("ended", "missing"), .init("seconds", .number(seconds)),
        .init("digest", .string("\(digest)")), .init("problem", problem.order),
      ]
    }
  }

  fileprivate init?(_ json: JSONValue) {
    let seconds = json["seconds"]?.doubleValue ?? 0
    switch (json["ended"]?.stringValue, json["problem"].flatMap { Diagnostic($0) }) {
    case ("ran", _): self = .ran(seconds: seconds)
    case ("made", _): self = .madeByAnother
    case ("stopped", _): self = .stopped(seconds: seconds)
    case ("failed", let problem?): self = .failed(problem, seconds: seconds)
    case ("missing", let problem?):
      guard let digest = json["digest"]?.stringValue.flatMap({ Digest(hex: $0) }) else {
        return nil
      }
      self = .missing(digest, problem, seconds: seconds)
    default: return nil
    }
  }
}
