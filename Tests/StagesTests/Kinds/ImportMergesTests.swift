import Formats
import PipelineFixtures
import Pipelines
import Testing

/// Merges that other programs learned.
struct ImportMergesTests {
  private func run(_ format: String, _ content: String) throws -> PipelineResult {
    try TemporaryPipeline(files: ["codes": content]).run(
      "[stage.merges]\nkind = \"import-merges\"\npath = \"codes\"\nformat = \"\(format)\"\n")
  }

  @Test(arguments: [
    ("subword-nmt", "#version: 0.2\nl o\nlo w</w>\n"), ("fastbpe", "l o 12\nlo w</w> 7\n"),
    (
      "huggingface",
      "#version: 0.2 - Trained by `huggingface/tokenizers`\nl o\nlo w</w>\n"
    ),
    ("huggingface", #"{"model": {"type": "BPE", "merges": ["l o", "lo w</w>"]}}"#),
    ("huggingface", #"{"model": {"type": "BPE", "merges": [["l", "o"], ["lo", "w</w>"]]}}"#),
  ])
  func `the codes of each program become merges`(format: String, content: String) throws {
    let result = try run(format, content)
    #expect(try result.text("merges") == "#version: 0.2\nl o\nlo w</w>\n")
    #expect(try result.fact("merges", "summary")?.stringValue == "2 merges")
  }

  @Test func `merges of version 0.1 stay what they are`() throws {
    #expect(try run("subword-nmt", "l o\nw </w>\n").text("merges") == "l o\nw </w>\n")
  }

  @Test(arguments: [
    ("subword-nmt", "", "has no merges"),
    ("subword-nmt", "#version: 0.2\nl o 12\n", "is not two symbols with one space between"),
    ("fastbpe", "l o 12\nlo w</w>\n", "codes:2: error: 'lo w</w>' is not two symbols and a count"),
    ("fastbpe", "l o many\n", "is not two symbols and a count"),
    ("huggingface", "#version: 0.2\nĠ t\nh e\n", "mark no ends of words with </w>"),
    (
      "huggingface", #"{"model": {"type": "WordPiece", "vocab": {}}}"#,
      "no tokenizer.json of a byte-pair model"
    ),
    ("huggingface", #"{"model": {"merges": ["l"]}}"#, "a merge that is no pair of symbols"),
  ])
  func `what are no merges is refused`(format: String, content: String, problem: String) throws {
    let failure = try #require(try run(format, content).failure)
    #expect("\(failure)".contains(problem), "\(failure)")
  }
}
