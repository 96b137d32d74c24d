import Dispatch
import Synchronization

/// Things made of a series of items by several threads, and taken in the order of the items.
///
/// One thread starts items and takes what was made of them, so that it finds the next items and uses
/// finished ones while others are under way. It makes things too where it would have to wait:
/// ```
/// repeat {
///   while !making.isFull, let item = nextItem() { making.start(item) }
/// } while use(making.takeNext())
/// ```
/// Which thread makes what is not fixed, so it must not matter. When the value goes away, nothing is
/// under way any more.
package struct OrderedMaking<Item: Sendable, Made: Sendable, Failure: Error>: ~Copyable {
  private typealias Outcome = Result<Made, Failure>

  /// What is made of one item.
  private final class Order: Sendable {
    let item: Item
    let weight: Int
    let outcome = Mutex<Outcome?>(nil)
    let isDone = DispatchSemaphore(value: 0)

    init(_ item: Item, weight: Int) {
      self.item = item
      self.weight = weight
    }
  }

  /// The orders that nobody works on yet, and how many other threads work.
  private final class Desk: Sendable {
    struct Open {
      var orders: [Order] = []
      var workers = 0
    }

    let open = Mutex(Open())
  }

  private let cores: Int
  /// So many are under way at most.
  private let limit: Int
  /// Nothing is started while those under way weigh so much.
  private let weightLimit: Int
  private let make: @Sendable (Item) throws(Failure) -> Made
  private let desk = Desk()
  /// In the order of the items, those that were not taken.
  private var orders: [Order] = []
  /// What the items of these orders weigh.
  private var weight = 0

  /// - Parameters:
  ///   - cores: how many threads work at a time, the one that takes included.
  ///   - ahead: how many items may be under way, where more than keep the cores busy are wanted: so many
  ///     that the one that takes may be long over finding the next.
  ///   - most: how many items may be under way, where they are too large for as many.
  ///   - usualWeight: what a usual item weighs, above 0. Where items weigh more, fewer are under way: as
  ///     many as weigh about the same.
  ///   - make: called by any of them.
  package init(
    cores: Int, ahead: Int = 0, most: Int = .max, usualWeight: Int = 1,
    _ make: @escaping @Sendable (Item) throws(Failure) -> Made
  ) {
    self.cores = cores
    limit = cores > 1 ? min(max(2 * cores + 1, ahead), most) : 1
    weightLimit = limit * usualWeight
    self.make = make
  }

  deinit {
    let open = desk.open.withLock { open in
      defer { open.orders = [] }
      return open.orders
    }
    for order in orders where !open.contains(where: { $0 === order }) { order.isDone.wait() }
  }

  /// Whether as much is under way as keeps the cores busy; never while nothing is.
  package var isFull: Bool { orders.count >= limit || weight >= weightLimit }

  /// Whether all that was made was taken, and nothing is under way.
  package var isEmpty: Bool { orders.isEmpty }

  /// Has something made of the next item.
  ///
  /// - Parameter weight: how much memory it takes, in the unit of the usual weight.
  package mutating func start(_ item: Item, weight: Int = 1) {
    let order = Order(item, weight: weight)
    orders.append(order)
    self.weight += weight
    let needsWorker = desk.open.withLock { open in
      open.orders.append(order)
      guard open.workers < cores - 1 else { return false }
      open.workers += 1
      return true
    }
    guard needsWorker else { return }
    let (desk, make) = (desk, make)
    DispatchQueue.global().async {
      while let order = Self.nextOrder(of: desk, leaving: true) { Self.fill(order, make) }
    }
  }

  /// What was made of the first item that was not taken, as soon as it is; nil when all were taken.
  package mutating func takeNext() throws(Failure) -> Made? {
    guard !orders.isEmpty else { return nil }
    let order = orders.removeFirst()
    weight -= order.weight
    while order.outcome.withLock({ $0 == nil }),
      let open = Self.nextOrder(of: desk, leaving: false)
    {
      Self.fill(open, make)
    }
    order.isDone.wait()
    return try order.outcome.withLock { $0.take() }?.get()
  }

  /// The next order, or nil.
  ///
  /// - Parameter leaving: whether a worker asks, who goes home without one.
  private static func nextOrder(of desk: Desk, leaving: Bool) -> Order? {
    desk.open.withLock { open in
      guard open.orders.isEmpty else { return open.orders.removeFirst() }
      if leaving { open.workers -= 1 }
      return nil
    }
  }

  private static func fill(
    _ order: Order, _ make: @Sendable (Item) throws(Failure) -> Made
  ) {
    let outcome: Outcome
    do throws(Failure) { outcome = .success(try make(order.item)) } catch {
      outcome = .failure(error)
    }
    order.outcome.withLock { $0 = outcome }
    order.isDone.signal()
  }
}
