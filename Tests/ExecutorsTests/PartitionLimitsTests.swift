import Executors
import Testing

struct PartitionLimitsTests {
  private static let lines = [
    "main*|infinite|64|256000|2/1", "main*|infinite|128|512000|0/1",
    "short|1-12:30:00|16+|64000+|0/0", "PARTITION|TIMELIMIT|CPUS|MEMORY|NODES(A/I)",
    "debug|30:00|2|4000|-1/4", "broken|n/a|0|4000|1/1", "",
  ]

  private static func limits(
    _ nodes: [(count: Int, cores: Int, megabytes: Int)], _ seconds: Double?
  ) -> PartitionLimits {
    PartitionLimits(
      nodes: nodes.map { .init(count: $0.count, cores: $0.cores, memory: $0.megabytes << 20) },
      seconds: seconds)
  }

  @Test(
    arguments: [
      (nil, limits([(3, 64, 256_000), (1, 128, 512_000)], nil)),
      ("main", limits([(3, 64, 256_000), (1, 128, 512_000)], nil)),
      ("short", limits([(0, 16, 64_000)], 131_400)), ("debug", limits([(4, 2, 4_000)], 1_800)),
      ("broken", nil), ("other", nil),
    ] as [(String?, PartitionLimits?)])
  func `a partition has its nodes, and its time`(
    _ partition: String?, _ limits: PartitionLimits?
  ) {
    #expect(PartitionLimits(in: Self.lines, of: partition) == limits)
  }

  @Test func `a job may have what the largest node has`() {
    let limits = Self.limits([(3, 64, 256_000), (1, 128, 512_000)], nil)
    #expect(limits.cores == 128 && limits.memory == 512_000 << 20)
  }

  @Test(arguments: [(1, 1, 320), (64, 1, 5), (65, 1, 1), (1, 100_000, 11), (129, 1, 0)])
  func `as many jobs run at once as have their cores and their memory`(
    _ cores: Int, _ megabytes: Int, _ slots: Int
  ) {
    let limits = Self.limits([(3, 64, 256_000), (1, 128, 512_000)], nil)
    #expect(
      limits.slots(for: JobResources(cores: cores, memory: megabytes << 20, time: nil)) == slots)
  }

  @Test func `nothing is known of a cluster that does not answer`() {
    #expect(PartitionLimits(in: [], of: nil) == nil)
    #expect(PartitionLimits(in: ["<html>502|Bad|Gateway||</html>"], of: nil) == nil)
  }
}
