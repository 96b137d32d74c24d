import Executors
import Testing

struct QueueRowTests {
  @Test func `a line of squeue is read, whatever the job is called`() throws {
    let line = "43_5|RUNNING|n2|2026-11-29T10:00:00|2026-11-29T10:00:09|None|millrace-1|a b"
    let row = try #require(QueueRow(line))
    #expect(row.id == "43_5" && row.index == 5 && row.node == "n2")
    #expect(row.name == "millrace-1|a b")
    #expect(try #require(QueueRow("7|CANCELLED by 0||t|t|None|x")).state == "CANCELLED")
    #expect(try #require(QueueRow("7|PENDING||t|N/A|Resources|x")).index == nil)
  }

  @Test(arguments: [
    "", "43", "43|RUNNING", "43|RUNNING|n1|t|t|None", "x|RUNNING|n1|t|t|None|j",
    "43_|RUNNING|n1|t|t|None|j", "43_[2-5%2]|PENDING||t|t|None|j", "43||n1|t|t|None|j",
    "43|<html>|n1|t|t|None|j", "-1|RUNNING|n1|t|t|None|j",
    "slurm_load_jobs error: Unable to contact slurm controller (connect failure)",
  ])
  func `what is no line of a job is none`(_ line: String) {
    #expect(QueueRow(line) == nil)
  }

  @Test func `a listing without a single job in its lines is no listing`() {
    #expect(SlurmClient.rows(in: []) == [])
    #expect(SlurmClient.rows(in: ["<html>502 Bad Gateway</html>"]) == nil)
    #expect(SlurmClient.rows(in: ["warning: x", "43|RUNNING|n1|t|t|None|j"])?.count == 1)
  }

  @Test(arguments: [
    ("PENDING", true), ("COMPLETING", true), ("REQUEUED", true), ("QUANTUM_LEAP", true),
    ("COMPLETED", false), ("CANCELLED", false), ("NODE_FAIL", false), ("OUT_OF_MEMORY", false),
  ])
  func `a job lives until its state is known to be a last one`(_ state: String, _ lives: Bool) {
    #expect(QueueRow(id: "1", state: state, name: "j").isLive == lives)
  }

  @Test(arguments: [
    ("PENDING", "Resources", false), ("PENDING", "Priority", false),
    ("PENDING", "PartitionConfig", true), ("PENDING", "DependencyNeverSatisfied", true),
    ("PENDING", "launch failed requeued held", true), ("RUNNING", "JobHeldAdmin", false),
  ])
  func `a job that waits for what cannot come is told`(
    _ state: String, _ reason: String, _ isHeld: Bool
  ) {
    #expect(QueueRow(id: "1", state: state, reason: reason, name: "j").isHeld == isHeld)
  }

  @Test func `the largest array is one less than the bound of its numbers`() {
    #expect(SlurmClient.largestArray(in: ["x = 1", "MaxArraySize            = 1001"]) == 1000)
    #expect(SlurmClient.largestArray(in: ["MaxArraySize = many"]) == nil)
    #expect(SlurmClient.largestArray(in: ["MaxArraySize = 0"]) == nil)
    #expect(SlurmClient.largestArray(in: []) == nil)
  }
}
