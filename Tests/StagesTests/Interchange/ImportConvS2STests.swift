import Artifacts
import Diagnostics
import Fixtures
import Foundation
import Stages
import Testing

/// Models that fairseq made, read from a folder, and written back to one.
struct ImportConvS2STests {
  private static let definition = """
    [stage.import]
    kind = "import-convs2s"
    path = "model"
    """

  @Test func `a folder of fairseq's becomes a model with its vocabularies and merges`() throws {
    let pipeline = try TemporaryPipeline(files: BlankFairseqModel.files(in: "model"))
    let result = try pipeline.run(Self.definition)
    #expect(try result.text("import.merges") == "#version: 0.2\nz e</w>\n")
    #expect(
      try result.text("import.source-vocabulary")
        == "<s>\t0\n<pad>\t0\n</s>\t0\n<unk>\t0\nein\t3\nhund\t3\nkat@@\t3\nze\t3\n")
    let model = try result.tensors("import.model")
    #expect(model["decoder.fc3.weight_v"]?.shape == [8, 2])
    #expect(model.metadata("architecture")?.contains(#""encoder":[[2,3],[2,3]]"#) == true)
  }

  @Test(arguments: [
    (#""[(2, 3)] * 2""#, #""[(2, 3, 1)] + [(2, 3)] * 1""#),
    (#""[(2, 3)] * 2""#, "[[2, 3], [2, 3]]"), (#""True""#, #""[True]""#), (#""True""#, "true"),
  ])
  func `options are read however they are spelled`(_ written: String, _ other: String) throws {
    let arguments = BlankFairseqModel.arguments.replacing(written, with: other)
    let pipeline = try TemporaryPipeline(
      files: BlankFairseqModel.files(in: "model", arguments: arguments))
    #expect(try pipeline.run(Self.definition).failure == nil)
  }

  @Test(arguments: [
    (#""fconv""#, #""transformer""#, "none of fairseq's convolutional ones"),
    (#""[(2, 3)] * 2""#, #""[(2, 3, 2)] * 2""#, "encoder_layers"),
    (#""[(2, 3)] * 2""#, #""[(2, 3)] * 99999999999""#, "encoder_layers"),
    (#""[(2, 3)] * 2""#, #""__import__('os')""#, "encoder_layers"),
    (#""[(2, 3)] * 2""#, #""[]""#, "encoder_layers"),
    (#""True""#, "[true, true]", "decoder_attention"),
    (#""encoder_embed_dim": 2"#, #""encoder_embed_dim": -2"#, "encoder_embed_dim"),
    (#""decoder_embed_dim": 2"#, #""decoder_embed_dim": 3"#, "one width is wanted"),
    (#""decoder_out_embed_dim": 2"#, #""decoder_out_embed_dim": true"#, "decoder_out_embed_dim"),
    (#""de""#, #""fr""#, "dict.fr.txt"), ("}", "", "expected ','"),
  ])
  func `a model that cannot be is refused before anything runs`(
    _ written: String, _ other: String, _ problem: String
  ) throws {
    let arguments = BlankFairseqModel.arguments.replacing(written, with: other)
    let pipeline = try TemporaryPipeline(
      files: BlankFairseqModel.files(in: "model", arguments: arguments))
    let problems = pipeline.problems(Self.definition)
    #expect(problems.contains { $0.description.contains(problem) }, "\(problems)")
  }

  @Test(arguments: ["args.json", "dict.en.txt", "model.safetensors"])
  func `a missing file is named`(_ name: String) throws {
    var files = BlankFairseqModel.files(in: "model")
    files["model/\(name)"] = nil
    let problems = try TemporaryPipeline(files: files).problems(Self.definition)
    #expect(problems.contains { $0.description.contains(name) }, "\(problems)")
  }

  @Test func `a folder that is not there is refused with its path`() throws {
    let problems = try TemporaryPipeline().problems(Self.definition)
    #expect(problems.contains { $0.description.contains("model'") }, "\(problems)")
  }

  @Test func `weights of another shape are refused`() throws {
    var files = BlankFairseqModel.files(in: "model")
    files["model/dict.en.txt"] = "ein 3\n"
    let result = try TemporaryPipeline(files: files).run(Self.definition)
    #expect(result.failure?.description.contains("shape") == true)
  }

  @Test func `what is exported can be imported again, and is the same model`() throws {
    guard let folder = Folders.golden?.appending(path: "fairseq-multi30k-de-en"),
      FileManager.default.fileExists(atPath: folder.path)
    else {
      Folders.sayNotRun("export and import", missing: "MILLRACE_GOLDEN")
      return
    }
    let pipeline = try TemporaryPipeline()
    let result = try pipeline.run(
      """
      [stage.import]
      kind = "import-convs2s"
      path = "\(folder.path)"
      rules = "moses"
      lowercase = true
      """)
    let exported = pipeline.folder.path("exported")
    let model = try StoredModel(
      result.store.open(result.digest("import.model")), named: "import")
    let names = try model.export.init(model).write(to: exported)
    #expect(
      names.sorted() == [
        "args.json", "chain.safetensors", "codes.de", "codes.en", "dict.de.txt", "dict.en.txt",
        "model.safetensors",
      ])
    let again = try pipeline.run(
      """
      [stage.import]
      kind = "import-convs2s"
      path = "exported"
      """)
    #expect(try again.digest("import.model") == result.digest("import.model"))
  }
}
