import Executors
import Testing

struct LearnedNeedsTests {
  private func needs(
    _ seconds: Double, cores: Double = 1, peak: Int = 0, growth: Double = 1,
    within limits: PartitionLimits? = nil
  ) -> LearnedNeeds {
    LearnedNeeds(
      [
        .init(
          seconds: seconds, coreSeconds: seconds * cores, peakBytes: peak, growth: growth)
      ], within: limits)
  }

  @Test(
    arguments: [
      (1, 900), (300, 900), (301, 1800), (3600, 14_400), (360_000, 1_843_200),
    ] as [(Double, Double)])
  func `three times as long as the longest run is asked for, in steps that double`(
    _ seconds: Double, _ time: Double
  ) {
    #expect(needs(seconds).time(on: 1) == time)
  }

  @Test(
    arguments: [(600, 1, 1), (600, 1.2, 1), (600, 1.8, 2), (600, 7.9, 8), (9.9, 8, 1)]
      as [(Double, Double, Int)])
  func `a stage gets the cores that it kept busy, and a short one gets one`(
    _ seconds: Double, _ busy: Double, _ cores: Int
  ) {
    #expect(needs(seconds, cores: busy).cores == cores)
  }

  @Test func `a stage takes longer on fewer cores, and with more to read`() {
    #expect(needs(600, cores: 4).seconds(on: 4) == 600)
    #expect(needs(600, cores: 4).seconds(on: 2) == 1200)
    #expect(needs(600, cores: 4).seconds(on: 8) == 600)
    #expect(needs(600, growth: 2.5).seconds(on: 1) == 1500)
  }

  @Test func `the greatest of all earlier runs counts`() {
    let needs = LearnedNeeds(
      [
        .init(seconds: 100, coreSeconds: 300, peakBytes: 1),
        .init(seconds: 200, coreSeconds: 200, peakBytes: 3 << 30),
        .init(seconds: 20, coreSeconds: 20, peakBytes: 2, growth: 4),
      ], within: nil)
    #expect(needs.cores == 3)
    #expect(needs.seconds(on: 3) == 200)
    #expect(needs.memory == 4 << 30)
  }

  @Test(
    arguments: [(0, 0), (4, 1), (850_000_000, 1), (1 << 30, 2), (10 << 30, 13)] as [(Int, Int)])
  func `a quarter more memory than the peak is asked for, in whole gigabytes`(
    _ peak: Int, _ gigabytes: Int
  ) {
    #expect(needs(1, peak: peak).memory == gigabytes << 30)
  }

  @Test func `no more is asked for than the partition has`() {
    let limits = PartitionLimits(
      nodes: [.init(count: 1, cores: 2, memory: 3 << 30)], seconds: 1200)
    let needs = needs(900, cores: 16, peak: 8 << 30, within: limits)
    #expect(needs.cores == 2)
    #expect(needs.memory == 3 << 30)
    #expect(needs.time(on: 2) == 1200)
    #expect(needs.time(beyond: 900) == 1200)
    #expect(needs.time(beyond: 1200) == nil)
  }

  @Test func `nothing is known of what never ran`() {
    let needs = LearnedNeeds([], within: nil)
    #expect(needs.cores == nil && needs.memory == nil && needs.time(on: 1) == nil)
  }

  @Test func `a record that cannot be true asks for a year at the most`() {
    let needs = needs(1e300, cores: 1e9, peak: .max)
    #expect(needs.time(on: 1) == 31_536_000.0)
    #expect(needs.cores == 1024)
  }
}
