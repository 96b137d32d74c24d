import Artifacts
import Fixtures
import Foundation
import ModelKinds
import PipelineFixtures
import Stages
import Testing

/// The script that makes fairseq's checkpoint of an exported translator, and a folder of a checkpoint.
@Suite(.timeLimit(.minutes(120)))
struct FairseqScriptTests {
  private static let definition = "[stage.import]\nkind = \"import-convs2s\"\npath = \"model\"\n"

  @Test func `a checkpoint in fairseq's layout comes back as the same model`() throws {
    guard Python.has("torch") else { return print("NOT RUN: fairseq.py: no torch") }
    let pipeline = try TemporaryPipeline(files: BlankFairseqModel.files(in: "model"))
    let result = try pipeline.run(Self.definition)
    let model = try StoredModel(
      result.store.open(result.digest("import.model")), named: "import", in: .standard)
    let exported = pipeline.folder.path("exported")
    _ = try model.export.init(model).write(to: exported)
    let (script, checkpoint) = ("\(exported)/fairseq.py", pipeline.folder.path("model.pt"))
    #expect(try Python.run([script, "to-pt", exported, checkpoint], input: "").exitCode == 0)
    let layout = """
      import sys, torch
      c = torch.load(sys.argv[1], weights_only=False)
      print(sorted(c), c["args"].arch, c["args"].source_lang, float(c["model"]["decoder.version"]))
      print(tuple(c["model"]["decoder.convolutions.0.weight_g"].shape), len(c["model"]))
      """
    let printed = try Python.run(["-c", layout, checkpoint], input: "").output
    #expect(
      printed == """
        ['args', 'extra_state', 'last_optimizer_state', 'model', 'optimizer_history'] fconv source 2.0
        (1, 1, 4) 35

        """)
    let back = pipeline.folder.path("back")
    #expect(try Python.run([script, "from-pt", checkpoint, back], input: "").exitCode == 0)
    for name in [
      "dict.source.txt", "dict.target.txt", "codes.source", "codes.target",
      "chain.safetensors",
    ] {
      try FileManager.default.copyItem(atPath: "\(exported)/\(name)", toPath: "\(back)/\(name)")
    }
    let (first, second) = (
      try pipeline.run(Self.definition.replacing("\"model\"", with: "\"exported\"")),
      try pipeline.run(Self.definition.replacing("\"model\"", with: "\"back\""))
    )
    if let failure = second.failure { throw failure }
    #expect(try first.digest("import.model") == second.digest("import.model"))
  }

  @Test func `the script says how it is used`() throws {
    guard Python.has("torch") else { return print("NOT RUN: fairseq.py: no torch") }
    let pipeline = try TemporaryPipeline(files: BlankFairseqModel.files(in: "model"))
    let result = try pipeline.run(Self.definition)
    let model = try StoredModel(
      result.store.open(result.digest("import.model")), named: "import", in: .standard)
    let exported = pipeline.folder.path("exported")
    _ = try model.export.init(model).write(to: exported)
    #expect(try Python.run(["\(exported)/fairseq.py"], input: "").exitCode == 1)
  }
}
