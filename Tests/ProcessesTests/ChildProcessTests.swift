import Diagnostics
import Fixtures
import Processes
import Testing

struct ChildProcessTests {
  private func run(
    _ script: String, limit: Double? = nil, shouldStop: () -> Bool = { false }
  ) throws -> (ending: ChildProcess.Ending, printed: [String], said: [String]) {
    var (printed, said): ([String], [String]) = ([], [])
    let child = ChildProcess(
      words: ["/bin/sh", "-c", script], environment: [], output: .lines { printed.append($0) },
      grace: 0.1)
    let ending = try child.run(limit: limit, shouldStop: shouldStop) { said.append($0) }
    return (ending, printed, said)
  }

  @Test(
    arguments: [
      ("exit 0", .exited(0)), ("exit 75", .exited(75)), ("kill -9 $$", .killed(signal: 9)),
      ("kill -11 $$", .killed(signal: 11)),
    ] as [(String, ChildProcess.Ending)])
  func `how a program ended is told`(_ script: String, _ ending: ChildProcess.Ending) throws {
    #expect(try run(script).ending == ending)
  }

  @Test func `what it prints and what it says are heard line by line, whole, and apart`() throws {
    let (ending, printed, said) = try run(
      "for i in 1 2 3; do echo out $i; echo err $i >&2; done; printf rest; printf more >&2")
    #expect(ending == .exited(0))
    #expect(printed == ["out 1", "out 2", "out 3", "rest"])
    #expect(said == ["err 1", "err 2", "err 3", "more"])
  }

  @Test func `more is heard than a pipe holds`() throws {
    let (_, printed, _) = try run("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done")
    #expect(printed.count == 20_000)
    #expect(printed.last == "line 19999")
  }

  @Test func `it is ended with all it started when it takes too long, or is not wanted`() throws {
    let script = "trap '' TERM; sleep 60 & sleep 60 & wait; wait; sleep 60"
    #expect(try run(script, limit: 0.1).ending == .timedOut)
    #expect(try run(script, shouldStop: { true }).ending == .stopped)
  }

  @Test func `a program may end by itself when it is asked to`() throws {
    var isAsked = false
    let child = ChildProcess(
      words: [
        "/bin/sh", "-c",
        "trap 'echo asked; exit 75' TERM; echo ready; while :; do sleep 0.01; done",
      ],
      environment: ["PATH=/usr/bin:/bin"],
      output: .lines { line in if line == "ready" { isAsked = true } }, grace: nil)
    #expect(try child.run(limit: nil, shouldStop: { isAsked }) { _ in } == .stopped)
  }

  @Test func `a program that is not there is said by its name`() {
    #expect(throws: Diagnostic.self) {
      try ChildProcess(words: ["./absent"], environment: [], output: .file("/dev/null"))
        .run(limit: nil, shouldStop: { false }) { _ in }
    }
  }
}
