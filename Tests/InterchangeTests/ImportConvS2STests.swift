import Artifacts
import Diagnostics
import Fixtures
import Formats
import Foundation
import ModelKinds
import PipelineFixtures
import Pipelines
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
    (#""fconv""#, #""fconv", "dropout": 0.99999999"#, "a number from 0, below 1"),
    (#""fconv""#, #""fconv", "label_smoothing": 0.99999999"#, "a number from 0, below 1"),
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

  @Test(arguments: [
    (#""[(2, 3)] * 2""#, "[", "\"", "encoder_layers"),
    (#""True""#, "(", "\"", "decoder_attention"), (#""True""#, "[", "", "nested deeper"),
  ])
  func `lists nested without end are refused before anything runs`(
    _ written: String, _ opening: String, _ quote: String, _ problem: String
  ) throws {
    let deep = quote + String(repeating: opening, count: 100_000) + quote
    let arguments = BlankFairseqModel.arguments.replacing(written, with: deep)
    let pipeline = try TemporaryPipeline(
      files: BlankFairseqModel.files(in: "model", arguments: arguments))
    let problems = pipeline.problems(Self.definition)
    #expect(problems.contains { $0.description.contains(problem) })
  }

  @Test func `arguments that are cut short are named, with what to do about it`() throws {
    var files = BlankFairseqModel.files(in: "model")
    files["model/args.json"] = ""
    let problems = try TemporaryPipeline(files: files).problems(Self.definition)
    let problem = try #require(problems.first)
    #expect(problems.count == 1)
    #expect("\(problem)".contains("model/args.json:1:1"), "\(problem)")
    #expect(problem.message.remedy == ModelFolder.remedy)
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

  @Test(arguments: [
    "[(1000000, 1000000)] * 10000", "[(1000000, 1000000)] * 4", "[(2, 3)] * 10000",
  ])
  func `layers beyond all memory are told from those in the file`(_ layers: String) throws {
    let arguments = BlankFairseqModel.arguments.replacing("[(2, 3)] * 2", with: layers)
    let files = BlankFairseqModel.files(in: "model", arguments: arguments)
    let failure = try TemporaryPipeline(files: files).run(Self.definition).failure
    #expect(
      failure.map { "\($0)" }?.contains(/model.safetensors' (holds|has no)|would need/) == true,
      "\(failure.map { "\($0)" } ?? "none")")
  }

  @Test func `an empty tensor with more rows than a number can count is of another shape`() throws {
    let header =
      #"{"encoder.embed_positions.weight":{"dtype":"F32","shape":[4611686018427387904,0],"#
      + #""data_offsets":[0,0]}}"#
    var files = BlankFairseqModel.files(in: "model")
    files["model/model.safetensors"] =
      "\(Unicode.Scalar(UInt8(header.utf8.count)))\0\0\0\0\0\0\0\(header)"
    #expect(header.utf8.count < 128)
    let failure = try TemporaryPipeline(files: files).run(Self.definition).failure
    #expect(failure?.description.contains("model.safetensors' has no tensor") == true)
  }

  @Test func `a damaged folder is a model or a failure`() throws {
    let pipeline = try TemporaryPipeline(files: BlankFairseqModel.files(in: "model"))
    let whole = try pipeline.run(Self.definition)
    let model = try StoredModel(
      whole.store.open(whole.digest("import.model")), named: "import", in: .standard)
    let names = try model.export.init(model).write(to: pipeline.folder.path("exported"))
    let definition = Self.definition.replacing("\"model\"", with: "\"exported\"")
    for name in names where !name.hasSuffix(".py") {
      let path = pipeline.folder.path("exported/\(name)")
      let bytes = Array(try #require(FileManager.default.contents(atPath: path)))
      for copy in DamagedCopies(of: bytes, count: 30) {
        try pipeline.folder.write("exported/\(name)", bytes: copy)
        guard case .plan = pipeline.read(definition) else { continue }
        let result = try pipeline.run(definition)
        guard result.failure == nil else { continue }
        var options = TextTranslator.Options()
        options.set(count: 2, beam: 2, lengthPenalty: nil)
        var translator = try TextTranslator(
          result.store.open(result.digest("import.model")), named: "import", in: .standard, options)
        _ = translator.translate(["ein hund katze"])
      }
      try pipeline.folder.write("exported/\(name)", bytes: bytes)
    }
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
      result.store.open(result.digest("import.model")), named: "import", in: .standard)
    let names = try model.export.init(model).write(to: exported)
    #expect(
      names.sorted() == [
        "args.json", "chain.safetensors", "codes.de", "codes.en", "dict.de.txt", "dict.en.txt",
        "fairseq.py", "model.safetensors",
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
