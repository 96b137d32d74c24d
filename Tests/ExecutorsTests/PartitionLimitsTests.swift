import Executors
import Testing

struct PartitionLimitsTests {
  private static let lines = [
    "main*|infinite|64|256000", "main*|infinite|128|512000", "short|1-12:30:00|16+|64000+",
    "PARTITION|TIMELIMIT|CPUS|MEMORY", "debug|30:00|2|4000", "broken|n/a|0|4000", "",
  ]

  @Test(
    arguments: [
      (nil, PartitionLimits(cores: 128, memory: 512_000 << 20, seconds: nil)),
      ("main", PartitionLimits(cores: 128, memory: 512_000 << 20, seconds: nil)),
      ("short", PartitionLimits(cores: 16, memory: 64_000 << 20, seconds: 131_400)),
      ("debug", PartitionLimits(cores: 2, memory: 4_000 << 20, seconds: 1_800)),
      ("broken", nil), ("other", nil),
    ] as [(String?, PartitionLimits?)])
  func `a partition has what its largest nodes have, and its time`(
    _ partition: String?, _ limits: PartitionLimits?
  ) {
    #expect(PartitionLimits(in: Self.lines, of: partition) == limits)
  }

  @Test func `nothing is known of a cluster that does not answer`() {
    #expect(PartitionLimits(in: [], of: nil) == nil)
    #expect(PartitionLimits(in: ["<html>502|Bad|Gateway|</html>"], of: nil) == nil)
  }
}
