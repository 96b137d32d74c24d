/// What commands on sweeps print with `--json`.
extension CommandList {
  private static let point = OutputShape.object([
    .init("point", .integer), .init("options", .map(.any)), .init("scores", .map(.any)),
    .init("state", .text),
  ])

  /// The points of a sweep.
  private static let table: [OutputShape.Member] = [
    .init("sweep", .text), .init("objective", .text), .init("points", .list(point)),
    .init("best", .orNull(point)), .init("best-interval", .orNull(.number)),
    .init("test", .orNull(.text)), .init("untested", .orNull(.text)),
  ]

  private static let unknown = OutputShape.words(["unknown"])

  static let sweeps: [String: OutputContract] = [
    "table": OutputContract(version: 1, .document, .object(table)),
    "sweep": OutputContract(
      version: 1, .lines,
      .oneOf(
        [
          .object([
            .init("event", .words(["planned"])), .init("sweep", .text), .init("points", .integer),
            .init("runs", .integer), .init("stages", .integer), .init("stages-to-run", .integer),
            .init("stages-shared", .integer),
            .init("forecast-seconds", .oneOf([.number, unknown])),
            .init("forecast-bytes", .oneOf([.integer, unknown])),
            .init("forecast-peak-bytes", .oneOf([.integer, unknown])),
          ]), .object([.init("event", .words(["finished"]))] + counts + table),
          .object([
            .init("event", .words(["round"])), .init("number", .integer), .init("of", .integer),
            .init("runs", .integer), .init("work", .orNull(.integer)),
          ]),
          .object([
            .init("event", .words(["point"])), .init("point", .integer),
            .init("options", .map(.any)), .init("state", .text), .init("value", .orNull(.number)),
            .init("best-so-far", .flag), .init("other-rows", .flag), .init("note", .text),
          ]),
        ] + events + leftToJobs)),
  ]
}
