import Diagnostics
import Formats

/// What a worker tells while it works, as a line for the run that gave the order.
extension RunEvent {
  /// The event as JSON; nil for the end of a stage, which its ending tells.
  package var line: JSONValue? {
    switch self {
    case .started: ["event": "started"]
    case .said(_, let text): ["event": "said", "text": .string(text)]
    case .noticed(let problem): ["event": "noticed", "problem": problem.order]
    case .progressed(_, let progress):
      .object(
        [.init("event", "progressed"), .init("text", .string(progress.text))]
          + (progress.fraction.map { [.init("fraction", .number($0))] } ?? [])
          + (progress.secondsLeft.map { [.init("seconds-left", .number($0))] } ?? []))
    case .ended: nil
    }
  }

  /// Reads a line that a worker wrote; nil for anything else.
  ///
  /// - Parameter stage: what the run calls the stage.
  package init?(line: JSONValue, of stage: String) {
    switch (line["event"]?.stringValue, line["text"]?.stringValue) {
    case ("started", _): self = .started(stage: stage)
    case ("said", let text?): self = .said(stage: stage, text)
    case ("progressed", let text?):
      self = .progressed(
        stage: stage,
        StageProgress(
          fraction: line["fraction"]?.doubleValue, text: text,
          secondsLeft: line["seconds-left"]?.doubleValue))
    case ("noticed", _):
      guard let problem = line["problem"].flatMap({ Diagnostic($0) }) else { return nil }
      self = .noticed(problem)
    default: return nil
    }
  }
}
