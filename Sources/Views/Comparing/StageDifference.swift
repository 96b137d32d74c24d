import Artifacts
import Digests
import Pipelines

/// The differences between two results of one stage.
package struct StageDifference: Sendable {
  /// A line of the key that differs; nil where a side does not have it.
  package struct Option: Sendable {
    package let name: String
    package let a: String?
    package let b: String?
  }

  /// One of the two results.
  enum Side {
    case a, b
  }

  package let stage: String
  /// Nil where only the other side has the stage, or it would have to run.
  let a: Record?
  let b: Record?
  /// The side that has no such stage; nil when both have it.
  let missing: Side?
  /// The options and files that differ: causes that lie in the stage itself.
  package let options: [Option]
  /// The stages whose outputs it read and which differ.
  package let followed: [String]
  /// The outputs of both whose bytes differ.
  let outputs: [(a: RecordedOutput, b: RecordedOutput)]

  /// Nil when there is no difference.
  init?(_ stage: String, _ a: ComparedResult, _ b: ComparedResult) {
    self.stage = stage
    self.a = a[stage]
    self.b = b[stage]
    missing =
      !a.stageNames.contains(stage) ? .a : !b.stageNames.contains(stage) ? .b : nil
    guard missing == nil else {
      (options, followed, outputs) = ([], [], [])
      return
    }
    if let first = self.a, let second = self.b, first.key == second.key,
      first.outputs == second.outputs
    {
      return nil
    }
    let isKnown = self.a != nil && self.b != nil
    let old = Self.lines(of: stage, in: a, withInputs: isKnown)
    let new = Self.lines(of: stage, in: b, withInputs: isKnown)
    var options: [Option] = []
    var followed: [String] = []
    let names = old.map(\.name) + new.map(\.name).filter { Self.value(of: $0, in: old) == nil }
    for name in names {
      let (x, y) = (Self.value(of: name, in: old), Self.value(of: name, in: new))
      guard x != y else { continue }
      let makers = [Self.maker(of: x, in: a), Self.maker(of: y, in: b)].compactMap(\.self)
      if let maker = makers.first, x != nil, y != nil {
        if !followed.contains(maker) { followed.append(maker) }
      } else {
        options.append(Option(name: name, a: Self.shown(x, in: a), b: Self.shown(y, in: b)))
      }
    }
    // A stage that has run on neither side differs only if its options do.
    if self.a == nil, self.b == nil, options.isEmpty { return nil }
    self.options = options
    self.followed = followed
    let second = self.b
    outputs = (self.a?.outputs ?? []).compactMap { output in
      second?.output(output.port).flatMap { other in
        other.digest == output.digest ? nil : (output, other)
      }
    }
  }

  /// Whether something in the stage itself differs, not only what it read.
  package var isRoot: Bool {
    !options.isEmpty || missing != nil || (followed.isEmpty && a != nil && b != nil)
  }

  /// The lines of a stage's key; of a stage that has not run, those that are known.
  private static func lines(
    of stage: String, in result: ComparedResult, withInputs: Bool
  ) -> [StageKey.Line] {
    let lines =
      result.pendingOptions(of: stage)
      ?? result[stage].map { StageKey.lines(of: $0.keyText) } ?? []
    return withInputs ? lines : lines.filter { digest($0.value) == nil }
  }

  private static func value(of name: String, in lines: [StageKey.Line]) -> String? {
    lines.first { $0.name == name }?.value
  }

  private static func digest(_ value: String?) -> Digest? {
    value.flatMap(StageKey.digest)
  }

  private static func maker(of value: String?, in result: ComparedResult) -> String? {
    digest(value).flatMap { result.maker(of: $0) }
  }

  /// An artifact by the stage that gave it, a file by the first digits of its digest.
  private static func shown(_ value: String?, in result: ComparedResult) -> String? {
    guard let digest = digest(value) else { return value }
    return result.maker(of: digest) ?? "file \(digest.short)"
  }
}
