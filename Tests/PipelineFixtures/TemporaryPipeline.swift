import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Formats
import Foundation
import Pipelines
import Stages
import Synchronization
import Testing

/// A definition and its files in a folder of their own, run in this process on a store of its own.
package struct TemporaryPipeline {
  package let folder: TemporaryFolder
  package let store: ArtifactStore
  private let catalog: StageCatalog

  /// - Parameter chunkSizes: of the chunks of rows whose results are remembered.
  package init(
    files: [String: String] = [:], catalog: StageCatalog = .standard,
    chunkSizes: ChunkSizes = .standard
  ) throws {
    self.catalog = catalog
    folder = try TemporaryFolder()
    store = ArtifactStore(
      root: folder.path("store"), isDurable: false, chunkSizes: chunkSizes)
    for (name, text) in files { try folder.write(name, text) }
  }

  /// What is wrong with a definition; nothing when it can be run.
  package func problems(_ definition: String) -> [Diagnostic] {
    if case .problems(let problems) = read(definition) { problems } else { [] }
  }

  /// Runs every stage of a definition that must be sound.
  ///
  /// - Parameter settings: options that win over the definition's: `train.epochs=2`.
  package func run(
    _ definition: String, set settings: [String] = [], cores: Int = 1
  ) throws -> PipelineResult {
    let plan = try plan(definition, set: settings)
    let notices = Notices()
    let runner = Runner(
      plan: plan, store: store, jobs: 1, cores: cores, interruption: Interruption(),
      observer: notices)
    let report = try runner.run(plan.cone(of: []))
    return PipelineResult(
      plan: plan, store: store, report: report, notices: notices.found.withLock { $0 },
      folder: folder)
  }

  package func plan(_ definition: String, set settings: [String] = []) throws -> Plan {
    switch try read(definition, set: settings) {
    case .plan(let plan): return plan
    case .problems(let problems): throw problems[0]
    }
  }

  package func read(_ definition: String) -> Plan.Reading { read(definition, overlay: []) }

  /// Reads a definition with options that win over its own: `train.epochs=2`.
  package func read(_ definition: String, set settings: [String]) throws(Diagnostic) -> Plan.Reading
  {
    var overlay: [GivenOverlay] = []
    for setting in settings { overlay.append(try GivenOverlay(setting)) }
    return read(definition, overlay: overlay)
  }

  private func read(_ definition: String, overlay: [GivenOverlay]) -> Plan.Reading {
    Plan.read(
      Array(definition.utf8), file: folder.path("pipeline.toml"), overlay: overlay,
      catalog: catalog)
  }
}

/// The warnings of a run.
private final class Notices: RunObserver {
  let found = Mutex<[Diagnostic]>([])

  func observe(_ event: RunEvent) {
    if case .noticed(let diagnostic) = event { found.withLock { $0.append(diagnostic) } }
  }
}

/// How a run came out, with the artifacts it left.
package struct PipelineResult {
  package let plan: Plan
  package let store: ArtifactStore
  package let report: RunReport
  package let notices: [Diagnostic]
  /// Holds the store, for as long as the result is looked at.
  package let folder: TemporaryFolder

  /// What went wrong first; nil when all went well.
  package var failure: Diagnostic? {
    for stage in report.stages {
      if case .failed(let diagnostic) = stage.outcome { return diagnostic }
    }
    return nil
  }

  package func record(_ stage: String) throws -> Record {
    let found = report.stages.first { $0.stage == stage }
    return try #require(found?.record, "\(stage): \(failure.map { "\($0)" } ?? "no record")")
  }

  package func keyText(_ stage: String) throws -> String { try record(stage).keyText }

  package func fact(_ stage: String, _ name: String) throws -> JSONValue? {
    try record(stage).facts.first { $0.name == name }?.value
  }

  /// The bytes of `stage.port`, or of the only output of `stage`.
  package func bytes(_ output: String) throws -> [UInt8] {
    try store.open(try digest(output)).contents
  }

  package func digest(_ output: String) throws -> Digest {
    let parts = output.split(separator: ".").map(String.init)
    let record = try record(parts[0])
    let found = parts.count > 1 ? record.output(parts[1]) : record.outputs.first
    return try #require(found, "no output \(output)").digest
  }

  package func text(_ output: String) throws -> String {
    String(decoding: try bytes(output), as: UTF8.self)
  }

  package func json(_ output: String) throws -> JSONValue {
    try JSONValue(parsing: try bytes(output), file: output)
  }

  package func tensors(_ output: String) throws -> SafetensorsFile {
    try SafetensorsFile(try store.open(try digest(output)))
  }

  /// The lines of a table, their fields joined by `|`, the header first.
  package func table(_ output: String) throws -> [String] {
    try text(output).split(separator: "\n").map { String($0).replacing("\t", with: "|") }
  }
}

/// The trimmed lines of a text, for tables that are written as one literal.
package func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
