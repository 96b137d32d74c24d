import Artifacts
import Diagnostics
import Dispatch
import Synchronization

/// How the execution of one stage ended.
struct Completion: Sendable {
  enum Outcome: Sendable {
    case ran(Record, seconds: Double)
    /// Another process held the key and has recorded it meanwhile.
    case madeByAnother(Record)
    case failed(Diagnostic, seconds: Double)
    case stopped(seconds: Double)
    /// The bytes of an input were given up to make room, or are not what their digest says.
    case missingInput(OutputReference)
    /// The same of an artifact that an input came from; the problem is what the stage said.
    case missingAncestor(Digest, Diagnostic, seconds: Double)
  }

  let stage: Int
  let outcome: Outcome
}

/// Where executions report to the thread that waits for them.
final class CompletionQueue: Sendable {
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
