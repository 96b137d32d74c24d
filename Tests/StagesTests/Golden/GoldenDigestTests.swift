import Digests
import Formats
import PipelineFixtures
import Pipelines
import Stages
import Testing

/// Holds every kind to its version: what version n once gave, version n gives for ever.
struct GoldenDigestTests {
  @Test(arguments: StageCatalog.standard.kinds.map { "\($0.kind) \($0.version)" })
  func `a kind gives the bytes that its version stands for`(_ line: String) throws {
    let kind = String(line.prefix { $0 != " " })
    let sample = try #require(GoldenSamples.all[kind], "no sample for '\(kind)': add one")
    let found = try Self.digest(of: sample, kind)
    let known = try #require(
      GoldenDigests.all[line], "no digest for '\(line)': add \"\(line)\": \"\(found)\"")
    #expect(
      found == known, "\(line) gives other bytes: raise its version and add a line \"\(found)\"")
  }

  @Test func `no two versions of a kind give the same bytes`() {
    let kinds = Dictionary(grouping: GoldenDigests.all) { String($0.key.prefix { $0 != " " }) }
    // Trained numbers are not in a digest: other ones may look the same.
    for (kind, lines) in kinds where GoldenSamples.all[kind]?.holdsTrainedNumbers == false {
      #expect(Set(lines.map(\.value)).count == lines.count, "\(kind) was raised for nothing")
    }
  }

  @Test func `every digest and every sample belongs to a kind`() {
    let kinds = Set(StageCatalog.standard.names)
    #expect(Set(GoldenSamples.all.keys) == kinds)
    #expect(Set(GoldenDigests.all.keys.map { String($0.prefix { $0 != " " }) }) == kinds)
  }

  @Test(arguments: ["load", "clean", "tokenize", "apply-bpe", "split", "pad", "binarize"])
  func `the bytes do not depend on the number of cores`(_ kind: String) throws {
    let sample = try #require(GoldenSamples.all[kind])
    #expect(try Self.digest(of: sample, kind, cores: 3) == Self.digest(of: sample, kind))
  }

  /// One digest over every output of every stage of the kind.
  private static func digest(
    of sample: GoldenSamples.Sample, _ kind: String, cores: Int = 1
  ) throws -> String {
    let pipeline = try TemporaryPipeline(files: sample.files)
    let result = try pipeline.run(sample.definition, cores: cores)
    if let failure = result.failure { throw failure }
    var lines = ""
    for stage in result.plan.stages where stage.kind.kind == kind {
      for port in stage.outputs {
        let output = "\(stage.name).\(port.name)"
        let bytes = try result.bytes(output)
        let text = try sample.holdsTrainedNumbers ? structure(of: output, in: result) : nil
        lines += "\(output) \(text.map { BLAKE3.digest(of: $0) } ?? BLAKE3.digest(of: bytes))\n"
      }
    }
    try #require(!lines.isEmpty, "the sample of '\(kind)' has no stage of that kind")
    return BLAKE3.digest(of: lines).short
  }

  /// What an artifact looks like, without the numbers that depend on how a machine multiplies.
  ///
  /// Of tensors the names, types and shapes, of JSON the names; the chain of a model is all there.
  private static func structure(of output: String, in result: PipelineResult) throws -> String {
    let text = String(decoding: try result.bytes(output), as: UTF8.self)
    if text.hasPrefix("line\t") {
      return try result.table(output).map { $0.split(separator: "|").prefix(2).joined() }
        .joined(separator: "\n")
    }
    if let json = try? result.json(output) { return names(in: json) }
    let file = try result.tensors(output)
    let tensors = file.entries.map { "\($0.name) \($0.elementType) \($0.shape)" }.sorted()
    let metadata = file.metadata.filter { $0.name != "state" && $0.name != "digest" }
      .map { "\($0.name) \($0.value)" }
    let chain = try file.entries.filter { $0.name.hasPrefix("chain.") }.map { entry in
      "\(entry.name) \(BLAKE3.digest(of: try file.values(entry.name, of: UInt8.self)))"
    }
    return (tensors + metadata.sorted() + chain.sorted()).joined(separator: "\n")
  }

  private static func names(in json: JSONValue) -> String {
    switch json {
    case .object(let members):
      "{\(members.map { "\($0.name): \(names(in: $0.value))" }.joined(separator: ", "))}"
    case .array(let values): "[\(values.map { names(in: $0) }.joined(separator: ", "))]"
    case .number, .integer: "number"
    case .string, .bool, .null: json.compact
    }
  }
}
