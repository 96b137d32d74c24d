import Tensors
import Testing

struct ArenaTests {
  @Test func `tensors of a step do not overlap, even while the arena grows`() {
    let arena = Arena()
    let tensors = (0..<40).map { arena.tensor(rows: $0 + 1, columns: 10_000) }
    for (index, tensor) in tensors.enumerated() { tensor.fill(Float(index)) }
    for (index, tensor) in tensors.enumerated() {
      #expect(tensor.span.indices.allSatisfy { tensor.span[$0] == Float(index) })
    }
  }

  @Test func `a second step like the first takes no more memory`() {
    let arena = Arena()
    func step() {
      for rows in 1..<40 { _ = arena.tensor(rows: rows, columns: 10_000) }
      _ = arena.indices(count: 7)
    }
    step()
    arena.reset()
    let byteCount = arena.byteCount
    for _ in 0..<3 {
      step()
      arena.reset()
    }
    #expect(arena.byteCount == byteCount)
  }
}
