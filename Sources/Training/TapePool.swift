import Layers
import Synchronization
import Tensors

/// Tapes that are not in use, so that each core soon has one that needs no more memory.
package final class TapePool: Sendable {
  /// One worker at a time holds a lane, and with it the tape.
  private final class Lane: @unchecked Sendable {
    let tape: Tape

    init(_ blas: OpenBLAS) { tape = Tape(blas) }
  }

  private let blas: OpenBLAS
  private let free = Mutex<[Lane]>([])

  package init(_ blas: OpenBLAS) { self.blas = blas }

  package func withTape<Result>(_ body: (Tape) -> Result) -> Result {
    let lane = free.withLock { $0.popLast() } ?? Lane(blas)
    defer { free.withLock { $0.append(lane) } }
    return body(lane.tape)
  }

  package func withTapes<Result>(_ count: Int, _ body: ([Tape]) -> Result) -> Result {
    let lanes = (0..<count).map { _ in free.withLock { $0.popLast() } ?? Lane(blas) }
    defer { free.withLock { $0 += lanes } }
    return body(lanes.map(\.tape))
  }
}
