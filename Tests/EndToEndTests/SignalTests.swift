import Fixtures
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What signals do to commands, from whatever state they are in.
@Suite(.serialized, .timeLimit(.minutes(120))) struct SignalTests {
  @Test(arguments: [SIGHUP, SIGXCPU, SIGUSR1])
  func `what a scheduler warns with stops a run at its checkpoint`(signal: Int32) throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.endlessTraining)
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 1 "))
    running.signal(signal)
    #expect(running.finish().exitCode == 75)
  }

  @Test func `warnings may come again and again`() throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.endlessTraining)
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 1 "))
    for _ in 0..<5 { running.signal(SIGXCPU) }
    #expect(running.finish().exitCode == 75)
  }

  @Test func `the time that a run is suspended is no part of what a stage took`() throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.endlessTraining)
    let started = ContinuousClock.now
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 1 "))
    running.signal(SIGSTOP)
    while !running.isSuspended { usleep(1_000) }
    usleep(2_000_000)
    running.signal(SIGCONT)
    running.signal(SIGINT)
    let outcome = RunOutcome(running.finish())
    let all = (ContinuousClock.now - started) / .seconds(1)
    let trained = try #require(outcome.stages["train"]?["seconds"] as? Double)
    #expect(trained < all - 1.5, "\(trained) s of \(all) s")
    #expect(try #require(outcome.last["seconds"] as? Double) < all - 1.5)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
  func `a file that is answered is left as it was, and the program ends by the signal`(
    signal: Int32
  ) throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    try millrace.folder.write("answers.csv", "as before")
    // Nobody writes more than the first row: the program waits for the next.
    let asked = try AskedPipe(millrace.folder.path("asked.csv"), "text\nShe bakes.\n")
    let running = try millrace.start(
      [Millrace.program.path, "classify", "small.toml", "--input", "asked.csv"]
        + ["--text", "text", "-o", "answers.csv"])
    while asked.byteCount > 0, running.process.isRunning { usleep(1_000) }
    running.signal(signal)
    let finished = running.finish()
    #expect(finished.wasKilled && finished.exitCode == signal, "\(finished.errors)")
    let isTold = finished.errors.contains("stopped after 0 rows: 'answers.csv' is as it was before")
    #expect(isTold == (signal != SIGKILL))
    let names = try FileManager.default.contentsOfDirectory(atPath: millrace.folder.url.path)
    #expect(names.filter { $0.hasPrefix("answers") } == ["answers.csv"])
    #expect(
      try String(contentsOfFile: millrace.folder.path("answers.csv"), encoding: .utf8)
        == "as before")
  }
}

extension Running {
  /// Whether all threads of the program are suspended.
  fileprivate var isSuspended: Bool {
    let threads = "/proc/\(process.processIdentifier)/task"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: threads)) ?? []
    return names.allSatisfy { name in
      let status = try? String(contentsOfFile: "\(threads)/\(name)/status", encoding: .utf8)
      return status?.contains("State:\tT") ?? true
    }
  }
}

/// A pipe in the place of a file, which a test writes into and keeps open.
private final class AskedPipe {
  private let descriptor: Int32

  init(_ path: String, _ text: String) throws {
    guard unsafe mkfifo(path, 0o600) == 0 else { throw POSIXError(.EEXIST) }
    descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
    let bytes = Array(text.utf8)
    guard unsafe write(descriptor, bytes, bytes.count) == bytes.count else {
      throw POSIXError(.EIO)
    }
  }

  /// How many bytes nobody has read yet.
  var byteCount: Int32 {
    var count: Int32 = 0
    _ = unsafe ioctl(descriptor, UInt(FIONREAD), &count)
    return count
  }

  deinit { close(descriptor) }
}
