import Cores
import Synchronization
import Testing

struct OrderedMakingTests {
  private struct Refusal: Error, Equatable {
    let item: Int
  }

  /// Keeps a core busy.
  private static func work(hard rounds: Int) {
    let end = (0..<rounds).reduce(1) { ($0 &* 31 &+ $1) % 1_000_003 }
    precondition(end >= 0, "\(end)")
  }

  /// Takes what is made of the numbers below `count`, up to a failure.
  private func taken(
    _ count: Int, cores: Int, _ make: @escaping @Sendable (Int) throws(Refusal) -> Int
  ) -> (made: [Int], refusal: Refusal?) {
    var making = OrderedMaking(cores: cores, make)
    var made: [Int] = []
    var next = 0
    while true {
      while !making.isFull, next < count {
        making.start(next)
        next += 1
      }
      do throws(Refusal) {
        guard let one = try making.takeNext() else { return (made, nil) }
        made.append(one)
      } catch { return (made, error) }
    }
  }

  @Test(arguments: [1, 2, 7])
  func `what is made comes in the order of the items, whoever is done first`(cores: Int) {
    let (made, refusal) = taken(500, cores: cores) { item in
      // Every tenth item is much work.
      if item % 10 == 0 { Self.work(hard: 2_000) }
      return item
    }
    #expect(made == Array(0..<500))
    #expect(refusal == nil)
  }

  @Test(arguments: [1, 3])
  func `of several failures the first in order is thrown, behind what came before it`(cores: Int) {
    let (made, refusal) = taken(100, cores: cores) { (item) throws(Refusal) in
      guard ![40, 41, 60].contains(item) else { throw Refusal(item: item) }
      return item
    }
    #expect(made == Array(0..<40))
    #expect(refusal == Refusal(item: 40))
  }

  @Test(arguments: [1, 2, 4])
  func `no more threads work at a time than there are cores`(cores: Int) {
    let atWork = Mutex((now: 0, most: 0))
    _ = taken(200, cores: cores) { item in
      atWork.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      defer { atWork.withLock { $0.now -= 1 } }
      Self.work(hard: 500)
      return item
    }
    #expect(atWork.withLock { $0.most } <= cores)
  }

  @Test(arguments: [
    (1, Int.max, 1), (2, .max, 20), (12, .max, 25), (1, 2, 1), (2, 2, 2), (5, 2, 2),
  ])
  func `as many items are under way as keep the cores busy, or are wanted ahead, or as may be`(
    cores: Int, most: Int, limit: Int
  ) {
    var making = OrderedMaking<Int, Int, Never>(cores: cores, ahead: 20, most: most) { $0 }
    var started = 0
    while !making.isFull {
      making.start(started)
      started += 1
    }
    #expect(started == limit)
    while let made = making.takeNext() { #expect(made < limit) }
  }

  @Test(arguments: [(1, 1), (2, 8), (5, 11)])
  func `an item is started while those under way weigh less than as many usual ones`(
    cores: Int, limit: Int
  ) {
    // Light ones, usual ones, some of several usual ones, and one that is over the limit by itself.
    let weights = (0..<300).map { $0 == 150 ? 5_000 : [1, 10, 10, 35, 10, 70, 10][$0 % 7] }
    var making = OrderedMaking<Int, Int, Never>(cores: cores, ahead: 8, usualWeight: 10) { $0 }
    var underWay: [Int] = []
    var next = 0
    var made: [Int] = []
    while true {
      while !making.isFull, next < weights.count {
        #expect(underWay.count < limit && underWay.reduce(0, +) < 10 * limit, "at item \(next)")
        making.start(next, weight: weights[next])
        underWay.append(weights[next])
        next += 1
      }
      let isFull = underWay.count == limit || underWay.reduce(0, +) >= 10 * limit
      #expect(isFull || next == weights.count, "at item \(next)")
      guard let one = making.takeNext() else { break }
      made.append(one)
      underWay.removeFirst()
    }
    #expect(made == Array(weights.indices))
  }

  @Test(arguments: [1, 3])
  func `it is empty until something is started, and when all was taken`(cores: Int) {
    var making = OrderedMaking<Int, Int, Never>(cores: cores) { $0 }
    var found = [making.isEmpty]
    making.start(1)
    making.start(2)
    found.append(making.isEmpty)
    _ = making.takeNext()
    found.append(making.isEmpty)
    _ = making.takeNext()
    found.append(making.isEmpty)
    #expect(found == [true, false, false, true])
  }

  @Test(arguments: [1, 3])
  func `nothing is at work any more when it goes away`(cores: Int) {
    let started = Mutex(0)
    let ended = Mutex(0)
    do {
      var making = OrderedMaking<Int, Int, Never>(cores: cores) { item in
        started.withLock { $0 += 1 }
        defer { ended.withLock { $0 += 1 } }
        Self.work(hard: 5_000)
        return item
      }
      while !making.isFull { making.start(1) }
      #expect(making.takeNext() != nil)
    }
    #expect(ended.withLock { $0 } == started.withLock { $0 })
  }
}
