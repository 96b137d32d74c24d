/// What `run` prints with `--json`.
extension CommandList {
  /// What a run, or a sweep, came to.
  static let counts: [OutputShape.Member] = [
    .init("ran", .integer), .init("cached", .integer), .init("failed", .integer),
    .init("stopped", .integer), .init("seconds", .number),
  ]

  /// The events of stages under way, which runs and sweeps tell.
  static let events: [OutputShape] = [
    .object([.init("event", .words(["started"])), .init("stage", .text)]),
    .object([.init("event", .words(["said"])), .init("stage", .text), .init("text", .text)]),
    .object([.init("event", .words(["notice"])), .init("text", .text)]),
    .object([
      .init("event", .words(["stage"])), .init("stage", .text),
      .init("state", .words(["cached", "ran", "failed", "blocked", "stopped"])),
      .init("key", .text, optional: true), .init("reason", .text, optional: true),
      .init("problem", .text, optional: true), .init("blocked-by", .text, optional: true),
      .init("outputs", .map(.text), optional: true), .init("summary", .text, optional: true),
      .init("rows-computed", .integer, optional: true),
      .init("rows-read", .integer, optional: true), .init("seconds", .number),
    ]),
    .object([
      .init("event", .words(["store"])), .init("bytes", .integer), .init("budget-bytes", .integer),
      .init("excess-bytes", .integer), .init("evicted-bytes", .integer),
      .init("evicted", .list(.text)),
    ]),
  ]

  /// What `--detach` and `--cancel` come to.
  static let leftToJobs: [OutputShape] = [
    .object([
      .init("event", .words(["detached"])), .init("jobs", .integer), .init("failed", .integer),
    ]),
    .object([.init("event", .words(["cancelled"])), .init("jobs", .list(.text))]),
  ]

  static let runs: [String: OutputContract] = [
    "run": OutputContract(
      version: 1, .lines,
      .oneOf(
        events + leftToJobs + [
          .object(
            [.init("event", .words(["finished"]))] + counts + [.init("saved-seconds", .number)])
        ]))
  ]
}
