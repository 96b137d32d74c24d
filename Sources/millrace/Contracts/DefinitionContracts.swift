/// What commands on definitions print with `--json`.
extension CommandList {
  private static let state = OutputShape.words(["cached", "run", "maybe"])

  /// What stages are up to date.
  private static let stages = OutputShape.Member(
    "stages",
    .list(
      .object([
        .init("name", .text), .init("kind", .text), .init("state", state),
        .init("causes", .list(.object([.init("text", .text), .init("place", .orNull(.text))]))),
        .init("key", .orNull(.text)), .init("outputs", .map(.text)),
        .init("evicted", .list(.text)),
      ])))

  /// What stages are in jobs of a cluster; null where there may be some, but the queue cannot be read.
  private static let jobs = OutputShape.Member(
    "jobs",
    .orNull(
      .list(
        .object([
          .init("stage", .text), .init("settings", .list(.text)),
          .init("state", .words(["waiting", "running"])), .init("job", .text),
          .init("node", .orNull(.text)), .init("since", .text), .init("reason", .text),
        ]))))

  /// What detached runs have given up.
  private static let failures = OutputShape.Member(
    "failures",
    .list(
      .object([
        .init("stage", .text), .init("settings", .list(.text)), .init("problem", .text),
      ])))

  static let definitions: [String: OutputContract] = [
    "status": OutputContract(
      version: 1, .document,
      .object([stages, jobs, .init("detached-since", .orNull(.text)), failures])),
    "explain": OutputContract(version: 1, .document, .object([stages])),
    "check": OutputContract(
      version: 1, .document,
      .object([
        .init(
          "problems",
          .list(
            .object([
              .init("severity", .words(["error", "warning"])), .init("problem", .text),
              .init("remedy", .orNull(.text)), .init("file", .orNull(.text)),
              .init("line", .orNull(.integer)), .init("column", .orNull(.integer)),
            ])))
      ])),
    "graph": OutputContract(
      version: 1, .document,
      .object([
        .init("name", .text),
        .init(
          "stages",
          .list(
            .object([
              .init("name", .text), .init("kind", .text),
              .init(
                "inputs",
                .list(
                  .object([
                    .init("option", .text), .init("stage", .text), .init("port", .text),
                    .init("type", .text),
                  ]))),
              .init(
                "outputs", .list(.object([.init("port", .text), .init("type", .text)]))),
            ]))),
      ])),
    "stages": OutputContract(
      version: 1, .document,
      .list(
        .object([
          .init("kind", .text), .init("version", .integer), .init("manual", .text),
          .init(
            "options",
            .list(
              .object([
                .init("name", .text), .init("expects", .text), .init("default", .orNull(.text)),
                .init("meaning", .text), .init("condition", .orNull(.text)),
              ]))),
        ]))),
  ]
}
