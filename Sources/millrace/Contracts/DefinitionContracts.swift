/// What commands on definitions print with `--json`.
extension CommandList {
  private static let state = OutputShape.words(["cached", "run", "maybe"])

  /// What stages are up to date.
  private static let assessed = OutputContract(
    version: 1, .document,
    .object([
      .init(
        "stages",
        .list(
          .object([
            .init("name", .text), .init("kind", .text), .init("state", state),
            .init(
              "causes", .list(.object([.init("text", .text), .init("place", .orNull(.text))]))),
            .init("key", .orNull(.text)), .init("outputs", .map(.text)),
            .init("evicted", .list(.text)),
          ])))
    ]))

  static let definitions: [String: OutputContract] = [
    "status": assessed,
    "explain": assessed,
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
