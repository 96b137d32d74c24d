import Fixtures
import Foundation
import Testing

/// What signals do to commands, from whatever state they are in.
@Suite(.serialized) struct SignalTests {
  @Test(arguments: [SIGHUP, SIGXCPU, SIGUSR1])
  func `what a scheduler warns with stops a run at its checkpoint`(signal: Int32) throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.longTraining)
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 1 "))
    running.signal(signal)
    #expect(running.finish().exitCode == 75)
  }

  @Test func `warnings may come again and again`() throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.longTraining)
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 1 "))
    for _ in 0..<5 { running.signal(SIGXCPU) }
    #expect(running.finish().exitCode == 75)
  }

  @Test func `the time that a run is suspended is no part of what a stage took`() throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.longTraining)
    let started = ContinuousClock.now
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 1 "))
    running.signal(SIGSTOP)
    usleep(2_000_000)
    running.signal(SIGCONT)
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
    let finished = try millrace.shell(
      """
      mkfifo asked.csv
      exec 3<> asked.csv
      printf 'text\\nShe bakes.\\n' >&3
      ( millrace classify small.toml --input asked.csv --text text -o answers.csv ) 3>&- &
      for _ in $(seq 400); do
        readlink /proc/$!/fd/* 2>/dev/null | grep -q asked.csv && break
        sleep 0.05
      done
      kill -\(signal) $!
      wait $!
      echo exit $?
      """)
    #expect(finished.output.hasSuffix("exit \(128 + signal)\n"), "\(finished.errors)")
    let isTold = finished.errors.contains("stopped after 0 rows: 'answers.csv' is as it was before")
    #expect(isTold == (signal != SIGKILL))
    let names = try FileManager.default.contentsOfDirectory(atPath: millrace.folder.url.path)
    #expect(names.filter { $0.hasPrefix("answers") } == ["answers.csv"])
    #expect(
      try String(contentsOfFile: millrace.folder.path("answers.csv"), encoding: .utf8)
        == "as before")
  }
}
