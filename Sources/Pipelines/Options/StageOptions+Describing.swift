import TOML

extension StageOptions {
  /// Options for the manual of a kind: every value is its default, every input a stand-in.
  static func describing(_ kind: any Stage.Type) -> StageOptions {
    let source = TOMLSource(text: "", file: "")
    let header = Header(
      name: kind.kind, range: SourceRange(line: 1, column: 1, length: 1), source: source, folder: ""
    )
    return StageOptions(
      kind: kind.kind, header: header, given: [], seed: 0, resolver: NoStages(), isDescribing: true)
  }
}

extension StageOptions {
  /// The options of a stage as a model stored them, to be read by the kind's initialiser again.
  ///
  /// Inputs and files are stand-ins, because the model holds their bytes itself.
  ///
  /// - Parameter resources: the lines of the key that stood for inputs and files.
  package static func recalling(
    _ kind: any Stage.Type, _ values: [(name: String, value: OptionValue)], resources: [String]
  ) -> StageOptions {
    StageOptions(
      kind: kind.kind, header: .outside(kind),
      given: stored(values + resources.map { ($0, .text("model")) }), seed: 0,
      resolver: NoStages(), isRecalling: true)
  }

  /// Options that no person wrote.
  static func stored(_ values: [(name: String, value: OptionValue)]) -> [GivenOption] {
    let source = TOMLSource(text: "", file: "model")
    let range = SourceRange(line: 1, column: 1, length: 1)
    return values.map { name, value in
      GivenOption(
        name: name, nameRange: range, node: TOMLNode(value.toml(at: range), at: range),
        source: source)
    }
  }
}

extension StageOptions.Header {
  /// That of a stage that stands in no definition.
  static func outside(_ kind: any Stage.Type) -> Self {
    Self(
      name: kind.kind, range: SourceRange(line: 1, column: 1, length: 1),
      source: TOMLSource(text: "", file: "model"), folder: "")
  }
}

extension OptionValue {
  fileprivate func toml(at range: SourceRange) -> TOMLValue {
    switch self {
    case .flag(let flag): .boolean(flag)
    case .integer(let number): .integer(Int64(number))
    case .number(let number): .float(number)
    case .text(let text): .string(text)
    case .texts(let texts): .array(texts.map { TOMLNode(.string($0), at: range) })
    }
  }
}

/// A resolver that finds no stage, for options that are not part of a definition.
struct NoStages: ReferenceResolver {
  func outputs(of stage: String) throws(ReferenceProblem) -> [OutputReference]? { nil }
  func input(_ name: String, ofStage index: Int) -> StageInput? { nil }
  func kinds(turning given: ArtifactType, into wanted: ArtifactType) -> [String] { [] }
  func kinds(giving type: ArtifactType) -> [String] { [] }
}
