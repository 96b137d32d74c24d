import Fixtures
import Foundation
import Testing

/// A change to the files of a pipeline that has run, and the stages that must run again for it.
struct Edit: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let reruns: Set<String>
  let apply: @Sendable (Millrace) throws -> Void

  init(
    _ name: String, reruns: Set<String> = [], _ apply: @escaping @Sendable (Millrace) throws -> Void
  ) {
    testDescription = name
    self.reruns = reruns
    self.apply = apply
  }

  /// A change to the text of the definition.
  init(_ name: String, reruns: Set<String> = [], replacing old: String, with new: String) {
    self.init(name, reruns: reruns) { millrace in
      let changed = SmallPipeline.definition.replacing(old, with: new)
      #expect(changed != SmallPipeline.definition)
      try millrace.folder.write("small.toml", changed)
    }
  }
}

@Suite struct EditTests {
  static let edits = [
    Edit("nothing") { _ in },
    Edit("a comment", replacing: "[stage.clean]", with: "# tidy up\n\n[stage.clean]  # here"),
    Edit("1 written as 1.0", replacing: "clip-norm = 1", with: "clip-norm = 1.0"),
    Edit("a default written out", replacing: "[stage.train]", with: "[stage.train]\ndropout = 0.2"),
    Edit("another name of the pipeline", replacing: "name = \"small\"", with: "name = \"other\""),
    Edit(
      "an option that changes no bytes", replacing: "[stage.train]",
      with: "[stage.train]\ncheckpoint-seconds = 5"),
    Edit("a renamed stage") { millrace in
      let renamed = SmallPipeline.definition
        .replacing("[stage.clean]", with: "[stage.tidy]\nkind = \"clean\"")
        .replacing("\"clean\"\n\n", with: "\"tidy\"\n\n")
      try millrace.folder.write("small.toml", renamed)
    },
    Edit("other order") { millrace in
      let tables = SmallPipeline.definition.components(separatedBy: "\n\n")
      let reordered = [tables[0]] + tables.dropFirst().reversed()
      try millrace.folder.write("small.toml", reordered.joined(separator: "\n\n"))
    },
    Edit("a moved file") { millrace in
      let text = try SmallPipeline.rows(240)
      try millrace.folder.write("elsewhere/all.csv", text)
      try FileManager.default.removeItem(atPath: millrace.folder.path("rows.csv"))
      let moved = SmallPipeline.definition.replacing("rows.csv", with: "elsewhere/all.csv")
      try millrace.folder.write("small.toml", moved)
    },
    Edit("a rewritten file with the same bytes") { millrace in
      try millrace.folder.write("rows.csv", try SmallPipeline.rows(240))
    },
    Edit(
      "the size of the vocabulary", reruns: ["vocabulary", "binarize", "train", "evaluate"],
      replacing: "size = 300", with: "size = 200"),
    Edit(
      "the rate", reruns: ["train", "evaluate"], replacing: "clip-norm = 1",
      with: "learning-rate = 0.01"),
    Edit(
      "more epochs", reruns: ["train", "evaluate"], replacing: "epochs = 2", with: "epochs = 3"),
    Edit(
      "cleaning that cleans nothing", reruns: ["clean"], replacing: "true",
      with: "true\nbackslashes = true"),
    Edit(
      "another seed", reruns: ["split", "vocabulary", "binarize", "train", "evaluate"],
      replacing: "seed = 3", with: "seed = 4"),
    Edit(
      "one row more",
      reruns: [
        "load", "clean", "tokenize", "split", "vocabulary", "binarize", "train", "evaluate",
      ]
    ) { millrace in try millrace.folder.write("rows.csv", try SmallPipeline.rows(241)) },
  ]

  @Test(arguments: edits)
  func `an edit re-runs what depends on it and nothing else`(edit: Edit) throws {
    let millrace = try SmallPipeline.millrace()
    let first = try millrace.run("small.toml")
    #expect(first.ran.count == SmallPipeline.stageCount)
    try edit.apply(millrace)
    let second = try millrace.run("small.toml")
    #expect(second.ran == edit.reruns)
    #expect(second.last["ran"] as? Int == edit.reruns.count)
    try millrace.folder.write("small.toml", SmallPipeline.definition)
    try millrace.folder.write("rows.csv", try SmallPipeline.rows(240))
    let back = try millrace.run("small.toml")
    #expect(back.last["ran"] as? Int == 0, "switching back")
    #expect(back.outputs == first.outputs)
  }

  @Test func `equal bytes stop the cascade, and the run says so`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    let again = try millrace("run", "small.toml", "--set", "clean.backslashes=true")
    #expect(again.output.contains("(clean gave the same bytes)"))
    #expect(again.output.contains("1 ran, 7 cached"))
  }

  @Test func `more epochs go on from the ones there are, to the bytes of one training`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    let extended = try millrace.run("small.toml", "--set", "train.epochs=4")
    #expect((extended.stages["train"]?["summary"] as? String)?.hasPrefix("epochs 3–4 of 4") == true)
    let whole = try millrace.run("small.toml", "--set", "train.epochs=4", "--store", "other")
    #expect((whole.stages["train"]?["summary"] as? String)?.hasPrefix("epochs 1–4 of 4") == true)
    #expect(extended.outputs == whole.outputs)
  }

  @Test func `a definition and its store can be moved`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    for name in ["small.toml", "rows.csv", ".millrace"] {
      try FileManager.default.createDirectory(
        atPath: millrace.folder.path("moved"), withIntermediateDirectories: true)
      try FileManager.default.moveItem(
        atPath: millrace.folder.path(name), toPath: millrace.folder.path("moved/\(name)"))
    }
    let moved = try millrace.run("moved/small.toml", "--store", "moved/.millrace")
    #expect(moved.last["ran"] as? Int == 0)
  }
}
