import Fixtures
import Foundation
import Testing

/// Many processes on one store at once, for seconds, or for ten minutes at night.
@Suite(.timeLimit(.minutes(120)))
struct ConcurrencyTests {
  private static let end = Effort.isNightly ? 600.0 : 8.0

  @Test func `overlapping sweeps, gc and verify do not disturb one another, and work is done once`()
    throws
  {
    let millrace = try SmallPipeline.millrace()
    // Without a store, gc and verify have nothing to answer for.
    #expect(try millrace("run", "small.toml").exitCode == 0)
    let started = Date()
    var round = 0
    while round == 0 || Date().timeIntervalSince(started) < Self.end {
      // Each round has results of its own; its processes want some of the same.
      let lines = [
        "run small.toml --json --set vocabulary.size=\(100 + round)",
        "run small.toml --json --set vocabulary.size=\(100 + round)",
        "sweep small.toml vocabulary.size=\(100 + round),\(101 + round) --json",
        "gc --yes --json", "verify --json", "status small.toml --json", "gc --yes --json",
      ]
      let running = try lines.map { line in
        try millrace.start([Millrace.program.path] + line.split(separator: " ").map(String.init))
      }
      var ran: [String: Int] = [:]
      for (line, process) in zip(lines, running) {
        let finished = process.finish()
        #expect(finished.exitCode == 0, "\(line)\n\(finished.output)\(finished.errors)")
        #expect(!finished.errors.contains("error:"), "\(line)\n\(finished.errors)")
        guard line.hasPrefix("run") || line.hasPrefix("sweep") else { continue }
        for event in finished.output.split(separator: "\n") {
          guard let json = try? JSONSerialization.jsonObject(with: Data(event.utf8)),
            let members = json as? [String: Any], members["state"] as? String == "ran",
            let key = members["key"] as? String
          else { continue }
          ran[key, default: 0] += 1
        }
      }
      #expect(!ran.isEmpty)
      #expect(ran.filter { $0.value > 1 } == [:], "work was done twice")
      round += 1
    }
    #expect(try millrace("verify").exitCode == 0)
    #expect(millrace.leftovers == [])
    let alone = try SmallPipeline.millrace()
    let setting = "vocabulary.size=\(99 + round)"
    #expect(
      try millrace.run("small.toml", "--set", setting).outputs
        == alone.run("small.toml", "--set", setting).outputs)
    print("concurrency: \(round) rounds of 7 processes")
  }
}
