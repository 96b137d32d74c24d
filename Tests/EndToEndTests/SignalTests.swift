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
    // Tests that were started with nohup would have the program leave SIGHUP alone.
    let words = ["/usr/bin/env", "--default-signal=HUP", Millrace.program.path]
    let running = try millrace.start(words + ["run", "small.toml", "--json"])
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

  @Test func `signals are heeded on whichever thread they arrive`() throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.endlessTraining)
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 1 "))
    for number in [SIGCONT, SIGXCPU] { try running.signalThreads(number) }
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

  @Test func `a run that is suspended again and again gives what it gives undisturbed`() throws {
    let millrace = try SmallPipeline.millrace()
    let running = try millrace.startRun("small.toml")
    var random = SeededNumbers(seed: 5)
    while running.process.isRunning {
      running.signal(SIGSTOP)
      // Half a second is told apart from work.
      usleep([0, 0, 1_000, 600_000].randomElement(using: &random) ?? 0)
      running.signal(SIGCONT)
      usleep(.random(in: 0...20_000, using: &random))
    }
    let outcome = RunOutcome(running.finish())
    #expect(outcome.exitCode == 0, "\(outcome.finished.output)\(outcome.finished.errors)")
    #expect(try outcome.outputs == SmallPipeline.outputs.get())
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
  /// The numbers of the program's threads; its main thread has that of the process.
  private var threads: [Int32] {
    let folder = "/proc/\(process.processIdentifier)/task"
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap {
      Int32($0)
    }
  }

  /// Whether all threads of the program are suspended.
  fileprivate var isSuspended: Bool {
    threads.allSatisfy { thread in
      let path = "/proc/\(process.processIdentifier)/task/\(thread)/status"
      let status = try? String(contentsOfFile: path, encoding: .utf8)
      return status?.contains("State:\tT") ?? true
    }
  }

  /// Sends a signal to each thread but the main one.
  fileprivate func signalThreads(_ number: Int32) throws {
    // glibc has the function, but not in the headers that Swift reads.
    let found = unsafe unsafeBitCast(
      dlsym(nil, "tgkill"), to: (@convention(c) (Int32, Int32, Int32) -> Int32)?.self)
    let send = try #require(found)
    let process = process.processIdentifier
    let others = threads.filter { $0 != process }
    #expect(!others.isEmpty)
    for thread in others { _ = send(process, thread, number) }
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
