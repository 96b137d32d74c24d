/// What commands on the store print with `--json`.
extension CommandList {
  /// What is taken out of the store, and why.
  private static let work = OutputShape.object([
    .init("stage", .orNull(.text)), .init("definition", .orNull(.text)),
    .init("other-definitions", .list(.text)), .init("key", .text), .init("options", .text),
    .init("bytes", .integer), .init("age-seconds", .number), .init("recompute-seconds", .number),
    .init("outputs", .list(.text)),
  ])

  private static let pinned: [OutputShape.Member] = [
    .init("name", .text), .init("about", .text), .init("keys", .list(.text)),
    .init("objects", .list(.text)), .init("runs", .list(.text)),
  ]

  private static let exchange = OutputContract(
    version: 1, .document,
    .object([
      .init("copied", .integer), .init("present", .integer), .init("missing", .integer),
      .init("objects", .integer), .init("bytes", .integer),
    ]))

  /// A stage that was computed again.
  private static let rebuilt = OutputShape.object([
    .init("definition", .text), .init("stage", .text), .init("state", .words(RebuiltStage.states)),
    .init("seconds", .number), .init("problem", .text, optional: true),
    .init(
      "outputs",
      .list(
        .object([
          .init("port", .text), .init("recorded", .text), .init("computed", .text, optional: true),
          .init("byte", .integer, optional: true), .init("line", .integer, optional: true),
          .init("byte-in-line", .integer, optional: true), .init("tensor", .text, optional: true),
          .init("element", .integer, optional: true),
        ])), optional: true),
  ])

  static let stores: [String: OutputContract] = [
    "push": exchange, "pull": exchange,
    "gc": OutputContract(
      version: 1, .document,
      .object([
        .init("done", .flag), .init("before-bytes", .integer), .init("after-bytes", .integer),
        .init("excess-bytes", .integer), .init("removed", .list(work)),
        .init("evicted", .list(work)), .init("unnamed", .list(.text)),
        .init("unfinished", .list(.text)), .init("damaged", .list(.text)),
        .init("runs", .list(.text)), .init("gone-definitions", .list(.text)),
        .init("pins", .list(.object([.init("name", .text), .init("about", .text)]))),
        .init(
          "kept",
          .list(
            .object([
              .init("reason", .text), .init("results", .integer), .init("bytes", .integer),
            ]))),
      ])),
    "verify": OutputContract(
      version: 1, .document,
      .oneOf([
        .object([
          .init("records", .integer), .init("objects", .integer), .init("problems", .list(.text)),
          .init("remedies", .list(.text)),
          .init("rebuilt", .list(rebuilt), optional: true),
        ]),
        .object([.init("rebuilt", .list(rebuilt))]),
      ])),
    "pin": OutputContract(
      version: 1, .document,
      .oneOf([
        .object(pinned + [.init("replaced", .text, optional: true)]),
        .object([.init("pins", .list(.object(pinned)))]),
      ])),
    "unpin": OutputContract(
      version: 1, .document, .object([.init("unpinned", .list(.text))])),
  ]
}
