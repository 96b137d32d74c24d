import Fixtures
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What becomes of a run when its streams are closed, full or no longer read.
@Suite(.timeLimit(.minutes(120))) struct StreamTests {
  /// `F_GETPIPE_SZ`, which Swift does not import.
  private static let pipeSize: Int32 = 1032

  @Test(arguments: [">&-", "2>&-", "<&- >&- 2>&-"])
  func `a closed stream takes nothing and lends its number to no file`(closing: String) throws {
    let millrace = try SmallPipeline.millrace()
    let finished = try millrace.shell("( millrace run small.toml \(closing) ); echo exit $?")
    #expect(finished.output.hasSuffix("exit 0\n"))
    #expect(
      try String(contentsOfFile: millrace.folder.path(".millrace/lock"), encoding: .utf8) == "")
    #expect(try millrace("verify").exitCode == 0)
  }

  @Test func `a full disk behind standard output is told on standard error, with 1`() throws {
    let millrace = try SmallPipeline.millrace()
    for words in ["run small.toml", "stages", "--version"] {
      let finished = try millrace.shell("millrace \(words) > /dev/full")
      #expect(finished.exitCode == 1, "\(words)")
      #expect(
        finished.errors.hasPrefix("error: cannot write standard output: No space left on device\n"),
        "\(words): \(finished.errors)")
    }
  }

  @Test func `a reader that leaves stops a training at a checkpoint with 75`() throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.endlessTraining)
    let finished = try millrace.shell(
      "( millrace run small.toml --json ) | grep -m1 '\"epoch 1 '; echo exit ${PIPESTATUS[0]}")
    #expect(finished.output.hasSuffix("exit 75\n"), "\(finished.output)")
    #expect(finished.errors == "")
    // Which epoch it had come to is told when it goes on.
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"goes on "))
    running.signal(SIGINT)
    let epoch = RunOutcome(running.finish()).epoch
    let resumed = try millrace.run("small.toml", "--set", "train.epochs=\(epoch)")
    #expect((resumed.stages["train"]?["summary"] as? String)?.contains("(resumed)") == true)
    #expect(try resumed.outputs == SmallPipeline.undisturbed(epochs: epoch))
  }

  @Test func `a reader that leaves ends other commands quietly`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    let shown = try millrace.shell(
      "yes 'She bakes.' | ( millrace classify small.toml ) | head -n 1; echo exit ${PIPESTATUS[1]}")
    #expect(shown.output.hasSuffix("\nexit 141\n") && shown.errors == "")
  }

  @Test func `problems of a run go to standard error, and what came of it to standard output`()
    throws
  {
    let millrace = try SmallPipeline.millrace()
    let finished = try millrace("run", "small.toml", "--set", "load.path=no.csv")
    #expect(finished.exitCode == 1)
    #expect(finished.errors.contains("error: cannot open 'no.csv'"))
    #expect(!finished.output.contains("cannot open"))
    #expect(finished.output.contains("load        failed") && finished.output.contains("1 failed"))
  }

  @Test func `a line without an end is refused, and memory is bounded`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    let finished = try millrace.shell(
      "tr '\\0' a < /dev/zero | ( ulimit -v 32000000; millrace classify small.toml )"
        + "; echo exit ${PIPESTATUS[1]}")
    #expect(finished.output.hasSuffix("exit 2\n"))
    #expect(finished.errors.contains("standard input:1: error: the line is longer than 1 MB"))
  }

  @Test func `a stream that does not wait gets every byte`() throws {
    let millrace = try SmallPipeline.millrace(rows: 1200)
    #expect(try millrace("run", "small.toml", "load").exitCode == 0)
    let words = ["show", "small.toml", "load", "--raw"]
    let expected = try millrace.start([Millrace.program.path] + words).finish().output
    let pipe = Pipe()
    let (reader, writer) = (
      pipe.fileHandleForReading.fileDescriptor, pipe.fileHandleForWriting.fileDescriptor
    )
    let room = fcntl(reader, Self.pipeSize)
    #expect(expected.utf8.count > 2 * Int(room))
    #expect(fcntl(writer, F_SETFL, fcntl(writer, F_GETFL) | O_NONBLOCK) == 0)
    let process = Process()
    process.executableURL = Millrace.program
    process.arguments = words
    process.currentDirectoryURL = millrace.folder.url
    process.environment = Millrace.environment
    process.standardOutput = pipe
    try process.run()
    // Nothing is read before the pipe is full and a write must have been refused.
    var waiting: Int32 = 0
    while process.isRunning, waiting < room {
      #expect(unsafe ioctl(reader, UInt(FIONREAD), &waiting) == 0)
    }
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test func `of many problems the first are told, and how many more there are`() throws {
    let unknown = (0..<3000).map { "nosuch\($0) = 1\n" }.joined()
    let definition = "name = \"many\"\n[stage.load]\npath = \"rows.csv\"\n\(unknown)"
    let millrace = try Millrace(files: ["many.toml": definition, "rows.csv": "text\na\n"])
    for verb in ["check", "run"] {
      let finished = try millrace(verb, "many.toml")
      let told = finished.output + finished.errors
      #expect(finished.exitCode == 2)
      #expect(
        told.contains("and 2,980 more") || told.contains("and 2,981 more"), "\(told.suffix(200))")
      #expect(told.utf8.count < 10_000)
    }
    let listed = try millrace("check", "many.toml", "--json").json as? [String: Any]
    let problems = try #require(listed?["problems"] as? [[String: Any]])
    #expect(problems.count == 21)
    #expect((problems.last?["problem"] as? String)?.hasPrefix("and 2,98") == true)
  }
}
