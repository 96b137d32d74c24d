import Fixtures
import Foundation
import Testing

/// `millrace show` on a pipeline that was run once, for all of these tests.
@Suite struct `Showing what a pipeline made` {
  @Test func `the list names every artifact of every stage`() throws {
    let listed = try ShownPipeline.shared.show()
    for name in ["load", "split", "vocabulary", "binarize", "train", "evaluate", "predictions"] {
      #expect(listed.output.contains(name))
    }
    #expect(listed.code == 0 && listed.errors.isEmpty)
  }

  @Test func `every artifact is shown to people and to programs, and none is empty`() throws {
    let pipeline = try ShownPipeline.shared
    for artifact in try pipeline.artifacts {
      let text = try pipeline.show(artifact.name)
      #expect(text.code == 0 && text.output.count > 20, "\(artifact.name): \(text.errors)")
      let json = try pipeline.show(artifact.name, "--json")
      #expect(try json.object.isEmpty == false, "\(artifact.name)")
    }
  }

  @Test func `no line is wider than the 100 columns of a file`() throws {
    let pipeline = try ShownPipeline.shared
    for stage in ["load", "split", "vocabulary", "pad", "binarize", "train", "evaluate"] {
      for line in try pipeline.show(stage).output.split(separator: "\n") {
        #expect(line.count <= 100, "\(stage): \(line)")
      }
    }
  }

  @Test func `a scoring stage as JSON is its scores, with the record beside them`() throws {
    let pipeline = try ShownPipeline.shared
    let scores = try pipeline.show("evaluate", "--json").object
    for name in ["accuracy", "macro-f1", "micro-f1", "weighted-f1", "log-loss"] {
      #expect(scores[name] is NSNumber, "\(name)")
    }
    let record = try #require(scores["record"] as? [String: Any])
    for name in ["key", "when", "seconds", "outputs"] { #expect(record[name] != nil, "\(name)") }
    var classes = try #require(scores["classes"] as? [[String: Any]])
    for place in classes.indices {
      let f1 = try #require(classes[place]["f1"] as? Double)
      let ends = ["f1-lower", "f1-upper"].compactMap {
        classes[place].removeValue(forKey: $0) as? Double
      }
      #expect(ends.count == 2 && 0 <= ends[0] && ends[0] <= f1 && f1 <= ends[1] && ends[1] <= 1)
    }
    var stored = try pipeline.show("evaluate.scores", "--raw").object
    let storedClasses = try #require(stored.removeValue(forKey: "classes") as? [Any])
    #expect(NSArray(array: classes) == NSArray(array: storedClasses))
    for (name, value) in stored {
      #expect(scores[name] as? NSObject == value as? NSObject, "\(name)")
    }
    #expect(stored["majority-weighted-f1"] == nil && scores["majority-weighted-f1"] is Double)
  }

  @Test func `raw bytes are all the bytes, of text and of tensors`() throws {
    let pipeline = try ShownPipeline.shared
    for artifact in try pipeline.artifacts {
      #expect(try pipeline.show(artifact.name, "--raw").bytes.count == artifact.byteCount)
    }
    let table = try pipeline.show("split.train", "--raw")
    #expect(table.output.hasPrefix("line\ttext\tlabel\n"))
  }

  @Test func `a reader that goes away ends it quietly`() throws {
    let pipeline = try ShownPipeline.shared
    let result = try pipeline.shell("\(pipeline.command("train.model", "--raw")) | head -c 7")
    #expect(result.bytes.count == 7 && result.errors.isEmpty)
  }

  @Test func `an artifact is found by the first digits of its digest`() throws {
    let pipeline = try ShownPipeline.shared
    let model = try #require(try pipeline.artifacts.first { $0.name == "train.model" })
    let shown = try pipeline.show(String(model.digest.prefix(8)))
    #expect(try shown.output == pipeline.show("train.model").output)
    #expect(try pipeline.show("0000000000").code == 2)
  }

  @Test func `an artifact is found by its digest alone, and rows of ids are words still`() throws {
    let pipeline = try ShownPipeline.shared
    for name in ["split.train", "binarize.train"] {
      let artifact = try #require(try pipeline.artifacts.first { $0.name == name })
      let shown = try pipeline.millrace("show \(artifact.digest.prefix(12)) --store store --row 1")
      #expect(try shown.output == pipeline.show(name, "--row", "1").output)
    }
  }

  @Test(arguments: [
    ("show last --store nowhere", "there is no store 'nowhere'"),
    ("show lats --store store", "did you mean 'last'?"),
    ("show fffff --store store", "is no definition, no run, no pin and no digest"),
    ("show ffffff --store store", "no artifact in the store 'store' has a digest"),
    ("pin fffff --store store", "6 digits or more of a digest"),
  ])
  func `a word that names nothing is told what was looked for`(words: String, said: String) throws {
    let refused = try ShownPipeline.shared.millrace(words)
    #expect(refused.code == 2 && refused.errors.contains(said), "\(refused.errors)")
    #expect(refused.errors.contains("try: "))
  }

  @Test func `remedies repeat the options that were given`() throws {
    let pipeline = try ShownPipeline.shared
    _ = try pipeline.shell("mkdir -p 'no where'")
    for command in ["show", "trace"] {
      let row = command == "trace" ? " --row 1" : ""
      let refused = try pipeline.millrace(
        "\(command) small.toml clean\(row) --store 'no where' --set clean.lowercase=false")
      #expect(
        refused.errors.contains(
          "run `millrace run small.toml clean --set clean.lowercase=false --store 'no where'` first"
        ))
    }
  }

  @Test func `single rows are picked by number and by text`() throws {
    let pipeline = try ShownPipeline.shared
    #expect(try pipeline.show("load", "--row", "2", "--json").object["line"] as? String == "3")
    #expect(try pipeline.show("load", "--grep", "soup", "--json").object["matches"] as? Int == 20)
    #expect(try pipeline.show("split", "--row", "2").errors.contains("split.train"))
  }

  @Test func `a stage that changed since shows its last result, and says so`() throws {
    let pipeline = try ShownPipeline.shared
    let shown = try pipeline.show("clean", "--set", "clean.lowercase=false")
    #expect(shown.code == 0)
    #expect(shown.errors.hasPrefix("note: 'clean' is not up to date"))
    #expect(shown.output.contains("40 rows"))
  }

  @Test func `a stage that never ran is said to have no result, with the way to one`() throws {
    _ = try ShownPipeline.shared.shell("mkdir -p empty")
    let shown = try ShownPipeline.shared.show("clean", store: "empty")
    #expect(shown.code == 2 && shown.output.isEmpty)
    #expect(shown.errors.contains("'clean' has no result yet"))
    #expect(shown.errors.contains("try: run `millrace run"))
  }

  @Test(arguments: [
    ("evalute", "did you mean 'evaluate'?"), ("split.trian", "did you mean 'train'?"),
  ])
  func `slips of the hand are recognised`(word: String, remedy: String) throws {
    let shown = try ShownPipeline.shared.show(word)
    #expect(shown.code == 2 && shown.errors.contains(remedy))
  }
}
