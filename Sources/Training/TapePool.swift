import Layers
import Synchronization
import Tensors

/// Tapes that are not in use, so that each core soon has one that needs no more memory.
package final class TapePool: Sendable {
  /// A tape of the pool.
  ///
  /// Unchecked: taking one removes it from the list of free ones, so one worker at a time has it.
  private final class PooledTape: @unchecked Sendable {
    let tape: Tape

    init(_ blas: OpenBLAS, _ precision: Precision) { tape = Tape(blas, precision) }
  }

  private let blas: OpenBLAS
  private let precision: Precision
  private let free = Mutex<[PooledTape]>([])

  package init(_ blas: OpenBLAS, _ precision: Precision = .float32) {
    self.blas = blas
    self.precision = precision
  }

  package func withTape<Result>(_ body: (Tape) -> Result) -> Result {
    let pooled = takeTape()
    defer { free.withLock { $0.append(pooled) } }
    return body(pooled.tape)
  }

  package func withTapes<Result>(_ count: Int, _ body: ([Tape]) -> Result) -> Result {
    let pooled = (0..<count).map { _ in takeTape() }
    defer { free.withLock { $0 += pooled } }
    return body(pooled.map(\.tape))
  }

  private func takeTape() -> PooledTape {
    free.withLock { $0.popLast() } ?? PooledTape(blas, precision)
  }
}
