import Chains
import Datasets
import PipelineFixtures
import Pipelines
import Stages
import Testing
import Text

/// Holds every kind to what it says of its rows.
@Suite(.timeLimit(.minutes(120)))
struct RowSourceTests {
  @Test(arguments: StageCatalog.standard.names)
  func `the rows of every kind come from where it says`(_ kind: String) throws {
    let sample = try #require(
      GoldenSamples.all[kind], "no sample shows what '\(kind)' does with rows: add one")
    #expect(try Self.untruths(of: kind, in: sample, .standard) == [])
  }

  @Test(
    arguments: [
      ("sieve", []), ("lying-sieve", ["sieve.table: its rows are not all of load"]),
      ("silent-sieve", ["sieve.table: does not say where its rows come from"]),
    ] as [(String, [String])])
  func `a kind that leaves out rows and does not say so is found out`(
    kind: String, untruths: [String]
  ) throws {
    let sample = GoldenSamples.Sample(
      files: ["rows.csv": GoldenSamples.rows],
      definition: GoldenSamples.loadRows
        + "[stage.sieve]\nkind = \"\(kind)\"\nfrom = \"load\"\nword = \"dog\"\n")
    #expect(try Self.untruths(of: kind, in: sample, .withSieves) == untruths)
  }

  /// What outputs of stages of a kind hold otherwise than the kind says.
  private static func untruths(
    of kind: String, in sample: GoldenSamples.Sample, _ catalog: StageCatalog
  ) throws -> [String] {
    let result = try TemporaryPipeline(files: sample.files, catalog: catalog)
      .run(sample.definition)
    if let failure = result.failure { throw failure }
    let stages = result.plan.stages.filter { $0.kind.kind == kind }
    try #require(!stages.isEmpty, "the sample of '\(kind)' has no stage of that kind")
    return try stages.flatMap { stage in
      try stage.outputs.compactMap { port in
        try untruth(of: stage, port, result).map { "\(stage.name).\(port.name): \($0)" }
      }
    }
  }

  private static func untruth(
    of stage: PlannedStage, _ port: Port, _ result: PipelineResult
  ) throws -> String? {
    let hasRows = [.table, .dataset, .features].contains(port.type)
    switch stage.rows(of: port.name) {
    case .noRows: return hasRows ? "does not say where its rows come from" : nil
    case .files: return stage.inputs.isEmpty ? nil : "reads artifacts, but says files"
    case .input(let input, let places):
      guard hasRows else { return "holds no rows, but says where they come from" }
      let types = [port.type, input.source.port.type]
      let before = try origins(
        of: "\(input.source.stageName).\(input.source.port.name)", types, result)
      let after = try origins(of: "\(stage.name).\(port.name)", types, result)
      switch places {
      case .same: return before == after ? nil : "its rows are not all of \(input.source)"
      case .choice, .dealt, .fold:
        return isChoice(after, of: before) ? nil : "its rows are no choice of \(input.source)"
      case .several:
        let lines = after.indices.filter { $0 == 0 || after[$0] != after[$0 - 1] }.map { after[$0] }
        return isChoice(lines, of: before) ? nil : "its rows are not those of \(input.source)"
      }
    }
  }

  private static func isChoice(_ rows: [Origin], of all: [Origin]) -> Bool {
    var rest = all[...]
    return rows.allSatisfy { row in
      guard let place = rest.firstIndex(of: row) else { return false }
      rest = rest[(place + 1)...]
      return true
    }
  }

  /// Where each row came from; the line alone where one of the artifacts knows no more.
  private static func origins(
    of output: String, _ types: [ArtifactType], _ result: PipelineResult
  ) throws -> [Origin] {
    if try result.text(output).hasPrefix(TableText.originColumn) {
      let origins = try result.column(TableText.originColumn, of: output).compactMap {
        Origin(Array($0.utf8).span)
      }
      return types.contains(.dataset) ? origins.map { Origin(line: $0.line) } : origins
    }
    return try Dataset(result.tensors(output)).rowNumbers().map { Origin(line: Int($0)) }
  }
}
