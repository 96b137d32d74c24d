/// What commands on trained models and their texts print with `--json`.
extension CommandList {
  static let answers: [String: OutputContract] = [
    // A line of text, or a row of a table with all its columns.
    "classify": OutputContract(
      version: 1, .lines,
      .oneOf([
        .object([
          .init("text", .text), .init("label", .orNull(.text)),
          .init("probability", .orNull(.number)),
          .init(
            "classes", .list(.object([.init("label", .text), .init("probability", .number)]))),
        ]), .map(.any),
      ])),
    "translate": OutputContract(
      version: 1, .lines,
      .oneOf([
        .object([
          .init("text", .text), .init("translation", .orNull(.text)),
          .init("score", .orNull(.number)), .init("pieces", .list(.text)),
          .init(
            "translations",
            .list(
              .object([
                .init("text", .text), .init("score", .number), .init("pieces", .list(.text)),
                .init("piece-scores", .list(.number)), .init("alignment", .list(.integer)),
                .init("attention", .any, optional: true),
              ]))),
        ]), .map(.any),
      ])),
    "score": OutputContract(
      version: 1, .document,
      .object([
        .init(
          "scores",
          .list(
            .object([
              .init("system", .text), .init("name", .text), .init("score", .number),
              .init("signature", .text), .init("details", .text, optional: true),
              .init("mean", .number, optional: true), .init("interval", .number, optional: true),
              .init("p-value", .number, optional: true),
            ])))
      ])),
    "export": OutputContract(
      version: 1, .document, .object([.init("folder", .text), .init("files", .list(.text))])),
  ]
}
