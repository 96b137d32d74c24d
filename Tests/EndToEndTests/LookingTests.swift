import Fixtures
import Foundation
import Testing

/// Commands that only look: they leave nothing behind, and say where a store is not there.
@Suite struct LookingTests {
  /// A definition of a file that was changed long ago, so that its digest is worth remembering.
  private static func millrace() throws -> Millrace {
    let rows = Folders.fixtures.appending(path: "bios.csv").path
    return try Millrace(files: [
      "small.toml": SmallPipeline.definition.replacing("rows.csv", with: rows)
        + "\n\n[sweep.size]\ngrid = { \"vocabulary.size\" = [200, 300] }\n"
    ])
  }

  /// Commands that work without any result, and those that need one.
  private static let (lookers, needy) = (
    [
      "status small.toml", "explain small.toml", "check small.toml", "graph small.toml",
      "graph small.toml --format svg", "show small.toml", "table small.toml size", "runs",
      "runs small.toml", "pin", "status small.toml --json",
    ],
    [
      "show small.toml train", "report small.toml -o -", "classify small.toml",
      "trace small.toml load --row 1", "diff small.toml --set train.epochs=1",
      "export small.toml --to exported", "pin small.toml", "unpin it", "show last",
      "status small.toml --point best",
    ]
  )

  @Test(arguments: lookers + needy)
  func `looking makes no store, and one that is named and not there is told of once`(
    command: String
  ) throws {
    let millrace = try Self.millrace()
    let isNeedy = Self.needy.contains(command)
    let looked = try millrace.shell("millrace \(command) < /dev/null")
    #expect(looked.exitCode == (isNeedy ? 2 : 0), "\(looked.errors)")
    #expect(!looked.errors.contains("there is no store"))
    let named = try millrace.shell("millrace \(command) --store typo < /dev/null")
    #expect(named.exitCode == (isNeedy ? 2 : 0), "\(named.errors)")
    let severity = isNeedy ? "error" : "warning"
    #expect(named.errors.hasPrefix("\(severity): there is no store 'typo'\n  try: name one with"))
    #expect(named.errors.split(separator: "\n").count == 2, "\(named.errors)")
    let told = named.output.replacing(" --store typo", with: "")
    #expect(told == (isNeedy ? "" : looked.output))
    let variable = try millrace.shell(
      "export MILLRACE_STORE=typo; millrace \(command) < /dev/null")
    #expect(variable.errors.contains("there is no store 'typo', which MILLRACE_STORE names"))
    #expect(try millrace.shell("ls -A").output == "small.toml\n")
  }

  @Test func `the page and the check are of the stages where a sweep does not go with --set`()
    throws
  {
    let millrace = try SmallPipeline.millrace(
      SmallPipeline.definition.replacing(
        "embedding = 4\nhidden = 4\nclip-norm = 1\nepochs = 2", with: "model = \"naive-bayes\"")
        + "\n\n[sweep.models]\n"
        + "grid = { \"train.model\" = [\"naive-bayes\", \"logistic-regression\"] }\n"
        + "best = \"evaluate.accuracy max\"\n")
    let settings = ["--set", "train.smoothing=1"]
    #expect(try millrace.run("small.toml", settings[0], settings[1]).exitCode == 0)
    let checked = try millrace("check", "small.toml", settings[0], settings[1])
    #expect(checked.exitCode == 0, "\(checked.output)")
    let page = try millrace("report", "small.toml", settings[0], settings[1], "-o", "-")
    #expect(page.exitCode == 0, "\(page.errors)")
    #expect(page.errors.hasPrefix("note: the sweep 'models' is left out: smoothing means nothing"))
    #expect(page.output.hasPrefix("<!DOCTYPE html>"))
    let swept = try millrace("sweep", "small.toml", "models", settings[0], settings[1])
    #expect(swept.exitCode == 2 && swept.errors.contains("in point 2 of 2"))
  }
}
