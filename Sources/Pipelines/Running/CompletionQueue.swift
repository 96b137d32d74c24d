import Dispatch
import Synchronization

/// The queue by which executors tell the thread that runs a plan which stages have ended.
final class CompletionQueue: Sendable {
  /// That the work on a stage has ended.
  struct Completion: Sendable {
    /// The stage's place in the plan.
    let stage: Int
    let ending: StageEnding
  }

  private let waiting = Mutex<[Completion]>([])
  private let count = DispatchSemaphore(value: 0)

  func add(_ completion: Completion) {
    waiting.withLock { $0.append(completion) }
    count.signal()
  }

  /// The next completion; waits for it.
  func next() -> Completion {
    count.wait()
    return waiting.withLock { $0.removeFirst() }
  }
}
