import Executors
import Fixtures
import Testing

struct JobPackingTests {
  @Test func `a stage that takes long, or nobody knows how long, has a job of its own`() {
    #expect(JobPacking.jobs(for: [nil, 100, nil], slots: nil) == [[0], [1], [2]])
  }

  @Test func `short stages share jobs that are worth their start`() {
    let jobs = JobPacking.jobs(for: Array(repeating: 1, count: 100), slots: nil)
    #expect(jobs.count == 10)
    #expect(jobs.allSatisfy { $0.count == 10 })
  }

  @Test func `short stages fill the jobs that run at once evenly`() {
    let jobs = JobPacking.jobs(for: Array(repeating: 1, count: 100), slots: 8)
    #expect(jobs.count == 8)
    #expect(jobs.allSatisfy { (12...13).contains($0.count) })
  }

  @Test(arguments: [(1, 10), (7, 7), (8, 8), (9, 9), (10, 10), (10_000, 10), (0, 10)])
  func `worthwhile jobs all run at once where there is nearly room for them`(
    _ room: Int, _ count: Int
  ) {
    let seconds: [Double?] = Array(repeating: 1, count: 100)
    #expect(JobPacking.jobs(for: seconds, slots: nil, room: room).count == count)
  }

  @Test(arguments: [(0.8, 8), (1.3, 8), (1.55, 8), (1.65, 16), (3.3, 32)])
  func `a second round begins where each has ten seconds of work`(
    _ length: Double, _ count: Int
  ) {
    let seconds: [Double?] = Array(repeating: length, count: 100)
    #expect(JobPacking.jobs(for: seconds, slots: nil, room: 8).count == count)
  }

  @Test func `what a cluster has no room for is not counted on`() {
    let seconds: [Double?] = Array(repeating: 1, count: 100)
    #expect(JobPacking.jobs(for: seconds, slots: 50, room: 8).count == 8)
    #expect(JobPacking.jobs(for: seconds, slots: 50, room: 80).count == 50)
  }

  @Test func `there are no more jobs than stages, and each stage is in one`() {
    let seconds: [Double?] = [3, nil, 0, 7, 50, 2.5]
    let jobs = JobPacking.jobs(for: seconds, slots: 20)
    #expect(jobs.count == 6)
    #expect(jobs.joined().sorted() == Array(seconds.indices))
    #expect(JobPacking.jobs(for: [], slots: 4) == [])
  }

  @Test func `a long stage among short ones does not lengthen their jobs`() {
    let jobs = JobPacking.jobs(for: [9, 1, 1, 1, 1, 1, 1, 1, 1, 1], slots: 2)
    #expect(jobs == [[0], [1, 2, 3, 4, 5, 6, 7, 8, 9]])
  }

  @Test func `each stage, the longest first, goes to the job that has least to do`() {
    var numbers = SeededNumbers(seed: 11)
    for _ in 0..<100 {
      // So few seconds of work are one round of six jobs.
      let seconds = (0..<12).map { _ in Double(Int.random(in: 0...9, using: &numbers)) }
      var expected = [[Int]](repeating: [], count: 6)
      for place in seconds.indices.sorted(by: { (seconds[$0], $1) > (seconds[$1], $0) }) {
        let loads = expected.map { $0.reduce(0) { $0 + seconds[$1] } }
        let least = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) } ?? 0
        expected[least].append(place)
      }
      #expect(JobPacking.jobs(for: seconds, slots: 6) == expected)
    }
  }
}
