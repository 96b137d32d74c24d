import Cores
import Synchronization
import Testing

@Suite struct ConcurrentlyTests {
  private struct Failure: Error, Equatable {
    let index: Int
  }

  @Test(arguments: [1, 2, 7, 64])
  func `every index is run once whatever the number of cores`(cores: Int) {
    let counts = Mutex([Int](repeating: 0, count: 1_000))
    concurrently(1_000, cores: cores) { index in counts.withLock { $0[index] += 1 } }
    #expect(counts.withLock { $0 } == [Int](repeating: 1, count: 1_000))
  }

  @Test(arguments: [1, 2, 7])
  func `never more run at a time than there are cores for`(cores: Int) {
    let running = Mutex((now: 0, most: 0))
    concurrently(200, cores: cores) { _ in
      running.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      running.withLock { $0.now -= 1 }
    }
    #expect((1...cores).contains(running.withLock { $0.most }))
  }

  @Test(arguments: [0, -1])
  func `no indices are no work`(count: Int) {
    let runs = Mutex(0)
    concurrently(count, cores: 4) { _ in runs.withLock { $0 += 1 } }
    #expect(runs.withLock { $0 } == 0)
  }

  @Test(arguments: [1, 2, 7])
  func `results come in the order of their indices`(cores: Int) {
    #expect(mapConcurrently(100, cores: cores) { $0 * $0 } == (0..<100).map { $0 * $0 })
  }

  @Test(arguments: [1, 2, 7])
  func `of several failures the first in order is thrown`(cores: Int) {
    #expect(throws: Failure(index: 3)) {
      try mapConcurrently(100, cores: cores) { index throws(Failure) in
        if index % 4 == 3 { throw Failure(index: index) }
      }
    }
  }

  @Test func `there is at least one core`() {
    #expect(availableCores() >= 1)
  }
}
