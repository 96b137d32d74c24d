import Foundation
import Testing

/// Programs as stages, through the built program: what is left of them, and the run that is told twice.
@Suite(.timeLimit(.minutes(120)))
struct CommandStageTests {
  private static let load = """
    [stage.load]
    path = "rows.csv"
    text = "text"

    """

  private func millrace(_ stage: String) throws -> Millrace {
    try Millrace(files: [
      "rows.csv": "text\na dog\na cat\n",
      "own.toml": Self.load + "[stage.own]\nkind = \"command\"\nfrom = \"load\"\n" + stage + "\n",
    ])
  }

  /// Waits until no process has a word in its command line.
  private func waitUntilGone(_ word: String) throws {
    while true {
      let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc")
      let isThere = processes.contains { process in
        let data = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
        return data.range(of: Data(word.utf8)) != nil
      }
      if !isThere { return }
      usleep(10_000)
    }
  }

  @Test(arguments: [SIGKILL, SIGINT])
  func `a program and what it started end with the run, however that ends`(
    signal: Int32
  ) throws {
    // Longer than this test may take, and no other process's number.
    let seconds = "100000.\(UInt64.random(in: 0...UInt64.max))"
    let millrace = try millrace(
      """
      command = "sleep \(seconds) & echo ready >&2; wait"
      shell = true
      """)
    let running = try millrace.startRun("own.toml")
    #expect(running.waits(for: "ready"))
    running.signal(signal)
    try waitUntilGone("sleep\0\(seconds)")
    let finished = running.finish()
    #expect(signal == SIGKILL ? finished.wasKilled : finished.exitCode == 75)
    #expect(try millrace.run("own.toml", "load").exitCode == 0)
    #expect(try millrace("status", "own.toml", "--json").output.contains("\"run\""))
  }

  @Test func `a second run with another result is an error, and one without is a result`() throws {
    let changing = try millrace("command = \"sed s/dog/$$/\"\nshell = true")
    let refused = try changing("run", "own.toml", "--verify-commands")
    #expect(refused.exitCode == 1)
    #expect(refused.errors.contains("wrote something else to table when it was run a second time"))
    #expect(try changing("run", "own.toml").exitCode == 0)
    let steady = try millrace("command = [\"sed\", \"s/dog/fox/\"]")
    #expect(try steady("run", "own.toml", "--verify-commands").exitCode == 0)
    #expect(try steady("run", "own.toml").output.contains("0 ran, 2 cached"))
  }
}
