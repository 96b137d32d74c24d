import Executors
import Fixtures
import Foundation
import Testing

/// The client with commands of our own in place of Slurm's.
struct SlurmClientTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func client(_ name: String, _ script: String, limit: Double = 60) throws -> SlurmClient {
    try folder.write(script: name, script)
    return SlurmClient(folder: folder.url.path, limit: limit)
  }

  @Test(
    arguments: [
      ("exit 1", nil), ("echo garbage", nil), ("printf ''", 0),
      ("echo '1|RUNNING|n1|t|t|None|j'", 1),
      ("echo '1|RUNNING|n1|t|t|None|j'; echo oops >&2; exit 1", nil), ("kill -9 $$", nil),
    ] as [(String, Int?)])
  func `a queue is known when squeue says it and ends well`(
    _ script: String, _ count: Int?
  ) throws {
    #expect(try client("squeue", script).jobs()?.count == count)
  }

  @Test func `commands that hang are given up`() throws {
    #expect(try client("squeue", "sleep 60", limit: 0.1).jobs() == nil)
    #expect(
      try client("sbatch", "echo 43; sleep 60", limit: 0.1).submit(["sbatch"], script: "/dev/null")
        == .unclear("sbatch did not answer"))
  }

  @Test func `a script comes by standard input`() throws {
    let script = try folder.write("script", "4711\n")
    #expect(try client("sbatch", "cat").submit(["sbatch"], script: script) == .submitted("4711"))
  }

  @Test func `many jobs are cancelled in several calls`() throws {
    try client("scancel", "echo $# >> '\(folder.path("calls"))'")
      .cancel((0..<250).map { "43_\($0)" })
    #expect(try String(contentsOfFile: folder.path("calls"), encoding: .utf8) == "100\n100\n50\n")
  }

  @Test func `commands that are not there are missed`() {
    #expect(!SlurmClient(folder: folder.path("nowhere")).isInstalled)
    #expect(SlurmClient(folder: folder.path("nowhere")).jobs() == nil)
  }
}
