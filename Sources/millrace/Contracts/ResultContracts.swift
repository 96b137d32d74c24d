/// What commands on results print with `--json`.
extension CommandList {
  /// What is known of a stored output.
  private static let output = OutputShape.object([
    .init("type", .text), .init("digest", .text), .init("bytes", .integer),
  ])

  /// How a result was made.
  private static let record: [OutputShape.Member] = [
    .init("stage", .text), .init("key", .text), .init("key-lines", .map(.text)),
    .init("when", .text), .init("seconds", .number), .init("cpu-seconds", .number),
    .init("peak-bytes", .integer), .init("host", .text), .init("tool", .text),
    .init("facts", .map(.any)), .init("outputs", .map(output)),
  ]

  /// The scores of a classifier, beside members named for each metric.
  private static let classScores = OutputShape.object([
    .init("rows", .integer),
    .init(
      "classes",
      .list(
        .object([
          .init("class", .text), .init("precision", .number), .init("recall", .number),
          .init("f1", .number), .init("f1-lower", .number, optional: true),
          .init("f1-upper", .number, optional: true), .init("support", .integer),
        ]))), .init("confusion", .list(.list(.integer))), .init("record", .object(record)),
  ])

  static let results: [String: OutputContract] = [
    // All stages; a stage, whose outputs have a content by their type; a stage that scores, whose
    // scores are members; an artifact by its digest; a run.
    "show": OutputContract(
      version: 1, .document,
      .oneOf([
        .object([
          .init(
            "stages",
            .list(
              .object([
                .init("name", .text), .init("state", .text), .init("outputs", .map(output)),
              ])))
        ]),
        .object(record), classScores, .object([.init("record", .object(record))]), .map(.any),
      ])),
    "trace": OutputContract(
      version: 1, .document,
      .object([
        .init("place", .text),
        .init(
          "steps",
          .list(
            .object([
              .init("stage", .text), .init("kind", .text), .init("port", .text),
              .init("row", .orNull(.integer)), .init("note", .text, optional: true),
              .init("fields", .map(.text), optional: true),
            ]))),
      ])),
    "diff": OutputContract(
      version: 1, .document,
      .oneOf([
        .object([
          .init("a", .text), .init("b", .text),
          .init(
            "causes",
            .list(
              .object([
                .init("stage", .text), .init("in-a", .flag), .init("in-b", .flag),
                .init(
                  "options",
                  .map(.object([.init("a", .orNull(.text)), .init("b", .orNull(.text))]))),
              ]))),
          .init("followers", .list(.text)), .init("unchanged", .list(.text)),
          .init("not-run", .object([.init("a", .list(.text)), .init("b", .list(.text))])),
          .init("artifacts", .map(.any)),
          .init(
            "scores",
            .map(
              .object([
                .init("rows", .integer), .init("obstacle", .orNull(.text)),
                .init("scores", .map(.any)),
              ]))),
        ]),
        .map(.any),
      ])),
    "report": OutputContract(
      version: 1, .document, .object([.init("file", .text), .init("bytes", .integer)])),
    "runs": OutputContract(
      version: 1, .document,
      .object([
        .init(
          "runs",
          .list(
            .object([
              .init("run", .text), .init("when", .text), .init("name", .orNull(.text)),
              .init("definition", .text), .init("sweep", .orNull(.text)), .init("ran", .integer),
              .init("cached", .integer), .init("stopped", .integer), .init("failed", .list(.text)),
              .init("ended", .flag), .init("seconds", .number),
              .init(
                "scores",
                .list(
                  .object([
                    .init("stage", .text), .init("metric", .text), .init("value", .number),
                  ]))),
              .init("changes", .orNull(.list(.map(.orNull(.text))))),
            ]))), .init("older", .integer),
      ])),
  ]
}
