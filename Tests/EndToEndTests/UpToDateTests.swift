import Fixtures
import Foundation
import Testing

/// Runs that follow on one that had nothing to do, so that they need no plan unless something changed.
@Suite struct UpToDateTests {
  /// Folders with one store each, in which a definition was run until there was nothing to do.
  ///
  /// Files younger than two seconds are not trusted, so that all of them wait as long together.
  private static func settled(_ first: Millrace, count: Int) throws -> [Millrace] {
    try first("run", "small.toml")
    let others = try (0..<count).map { _ in
      let other = try Millrace()
      for name in try FileManager.default.contentsOfDirectory(atPath: first.folder.url.path) {
        try FileManager.default.copyItem(
          atPath: first.folder.path(name), toPath: other.folder.path(name))
      }
      #expect(try other.run("small.toml").last["ran"] as? Int == 0)
      return other
    }
    let made = Date()
    while Date().timeIntervalSince(made) < 2.1 { usleep(50_000) }
    for other in others {
      #expect(try other.run("small.toml").last["ran"] as? Int == 0)
      let findings = try FileManager.default.contentsOfDirectory(
        atPath: other.folder.path(".millrace/findings"))
      #expect(findings.count == 1)
    }
    return others
  }

  @Test func `an edit re-runs what depends on it, also where nothing was planned before it`() throws
  {
    let folders = try Self.settled(SmallPipeline.millrace(), count: EditTests.edits.count)
    for (edit, millrace) in zip(EditTests.edits, folders) {
      #expect(try millrace.run("small.toml").last["ran"] as? Int == 0)
      try edit.apply(millrace)
      let second = try millrace.run("small.toml")
      #expect(second.ran == edit.reruns, "\(edit.testDescription)")
      #expect(second.exitCode == 0)
    }
  }

  @Test func `what a run without a plan prints is what a planned one prints`() throws {
    let definition =
      SmallPipeline.definition + "\n[stage.unused]\nkind = \"clean\"\nfrom = \"load\"\n"
    let millrace = try Self.settled(SmallPipeline.millrace(definition), count: 1)[0]
    for words in [[], ["--quiet"], ["--json"], ["--quiet", "--jobs", "1", "--cores", "2"]] {
      // A file of the person's own that is too young to be trusted, so that this run is planned.
      try millrace.folder.write("own/millrace/executor.toml", "kind = \"local\"\n")
      let planned = try millrace.start(
        [Millrace.program.path, "run", "small.toml"] + words,
        environment: ["XDG_CONFIG_HOME": millrace.folder.path("own")]
      ).finish()
      let repeated = try millrace.start([Millrace.program.path, "run", "small.toml"] + words)
        .finish()
      #expect(planned.exitCode == 0 && repeated.exitCode == 0)
      #expect(Self.timeless(repeated.output) == Self.timeless(planned.output))
      #expect(repeated.errors == planned.errors)
      #expect(repeated.errors.contains("nothing uses") != words.contains("--json"))
    }
  }

  private static func timeless(_ output: String) -> String {
    output.replacing(/, [0-9.]+ m?s/, with: ", T").replacing(/"seconds":[0-9.e-]+/, with: "T")
  }

  @Test func `a file that is added to a folder is noticed`() throws {
    let definition = """
      [stage.load]
      classes = { a = "a", b = "b" }
      """
    let first = try Millrace(files: [
      "small.toml": definition, "a/1.txt": "one", "a/2.txt": "two", "b/1.txt": "three",
    ])
    try first("run", "small.toml")
    let made = Date()
    while Date().timeIntervalSince(made) < 2.1 { usleep(50_000) }
    for _ in 0..<3 { #expect(try first.run("small.toml").last["ran"] as? Int == 0) }
    try first.folder.write("b/2.txt", "four")
    #expect(try first.run("small.toml").ran == ["load"])
  }
}
