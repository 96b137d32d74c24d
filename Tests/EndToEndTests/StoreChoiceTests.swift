import Fixtures
import Foundation
import Testing

/// Which store a command works on, and what it does with one that it may not write to.
@Suite struct StoreChoiceTests {
  @Test func `the store of a definition is found from every folder`() throws {
    let millrace = try Millrace(files: [
      "project/sub/small.toml": SmallPipeline.definition,
      "project/sub/rows.csv": try SmallPipeline.rows(240), "elsewhere/note": "",
    ])
    let first = try millrace.shell("cd project/sub && millrace run small.toml --json")
    #expect(RunOutcome(first).ran.count == SmallPipeline.stageCount)
    for (folder, path) in [
      (".", "project/sub/small.toml"), ("elsewhere", "../project/sub/small.toml"),
      ("project", "sub/small.toml"), ("/", millrace.folder.path("project/sub/small.toml")),
    ] {
      let again = try millrace.shell("cd '\(folder)' && millrace run '\(path)' --json")
      #expect(RunOutcome(again).last["ran"] as? Int == 0, "\(folder)")
      #expect(RunOutcome(again).last["cached"] as? Int == SmallPipeline.stageCount, "\(folder)")
    }
    #expect(try stores(in: millrace) == ["project/sub/.millrace"])
    #expect(try millrace.shell("cd project/sub && millrace verify").exitCode == 0)
    #expect(
      try millrace.shell("mkdir project/sub/deep && cd project/sub/deep && millrace verify")
        .exitCode == 0)
  }

  @Test func `a store above the definition is used, and a new one is made in the current folder`()
    throws
  {
    let millrace = try Millrace(files: [
      "sub/small.toml": SmallPipeline.definition,
      "sub/rows.csv": try SmallPipeline.rows(240),
    ])
    try millrace("run", "sub/small.toml", "load")
    #expect(try stores(in: millrace) == [".millrace"])
    try millrace.shell("cd sub && millrace run small.toml load")
    #expect(try stores(in: millrace) == [".millrace"])
    try millrace("run", "sub/small.toml", "load", "--store", "named")
    try millrace("run", "sub/small.toml", "load", environment: ["MILLRACE_STORE": "variable"])
    for name in ["named", "variable"] {
      #expect(FileManager.default.fileExists(atPath: millrace.folder.path("\(name)/keys")))
    }
  }

  @Test func `a store in a folder that everybody may write to is passed over`() throws {
    let millrace = try Millrace(files: [
      "shared/mine/small.toml": SmallPipeline.definition,
      "shared/mine/rows.csv": try SmallPipeline.rows(240),
    ])
    try millrace.shell("mkdir shared/.millrace && chmod 1777 shared")
    try millrace.shell("cd shared/mine && millrace run small.toml load")
    #expect(try stores(in: millrace) == ["shared/.millrace", "shared/mine/.millrace"])
    #expect(!FileManager.default.fileExists(atPath: millrace.folder.path("shared/.millrace/keys")))
  }

  @Test func `a store that may only be read gives what it has, and only what is stale fails`()
    throws
  {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    try millrace.shell("chmod -R a+rX . && chmod -R a-w .millrace")
    defer { _ = try? millrace.shell("chmod -R u+w .millrace") }
    // Root may write everywhere, so another user must try.
    let other =
      geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : "env"
    let program = "\(other) '\(Millrace.program.path)'"
    guard try millrace.shell("\(program) --version").exitCode == 0 else {
      return print("NOT RUN: a store of another user: the program cannot be started as one")
    }
    let cached = try millrace.shell("\(program) run small.toml --json")
    #expect(cached.exitCode == 0)
    #expect(RunOutcome(cached).last["cached"] as? Int == SmallPipeline.stageCount)
    #expect(!(cached.output + cached.errors).contains("cannot"))
    #expect(try millrace.shell("\(program) status small.toml --check").exitCode == 0)
    let stale = try millrace.shell("\(program) run small.toml --set train.epochs=1 --json")
    #expect(stale.exitCode == 1)
    #expect(RunOutcome(stale).stages("failed") == ["train"])
    #expect(
      (RunOutcome(stale).stages["train"]?["problem"] as? String)?.contains("Permission denied")
        == true)
    try millrace.shell("chmod 700 .millrace")
    for command in ["verify", "status small.toml", "gc", "run small.toml"] {
      let closed = try millrace.shell("\(program) \(command)")
      #expect(closed.exitCode == 2, "\(command)")
      #expect(closed.errors.components(separatedBy: "error:").count == 2, "\(command)")
      #expect(closed.errors.contains("Permission denied"), "\(command)")
    }
  }

  /// The stores in the folder, by their paths.
  private func stores(in millrace: Millrace) throws -> [String] {
    try millrace.shell("find . -name .millrace | sed 's,^./,,' | sort").output
      .split(separator: "\n").map(String.init)
  }
}
