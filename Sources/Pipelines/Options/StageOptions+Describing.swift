import TOML

extension StageOptions {
  /// Options that are only declared: every value is its default, every input a stand-in.
  static func describing(_ kind: any Stage.Type) -> StageOptions {
    let source = TOMLSource(text: "", file: "")
    let header = Header(
      name: kind.kind, range: SourceRange(line: 1, column: 1, length: 1), source: source, folder: ""
    )
    return StageOptions(
      kind: kind.kind, header: header, given: [], seed: 0, resolver: NoStages(), isDescribing: true)
  }
}

/// The resolver of options that are only declared.
private struct NoStages: ReferenceResolver {
  func outputs(of stage: String) throws(ReferenceProblem) -> [OutputReference]? { nil }
  func kinds(giving type: ArtifactType) -> [String] { [] }
}
