import Tensors
import Testing

struct ArenaTests {
  @Test func `tensors of a step do not overlap, even while the arena grows`() {
    let arena = Arena()
    let tensors = (0..<40).map { arena.tensor(rows: $0 + 1, columns: 10_000) }
    for (index, tensor) in tensors.enumerated() { tensor.fill(Float(index)) }
    for (index, tensor) in tensors.enumerated() {
      #expect(tensor.indices.allSatisfy { tensor[$0] == Float(index) })
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

  @Test func `what holds a few tensors takes no more memory than they do`() {
    let arena = Arena(leastBlock: 0)
    _ = arena.tensor(rows: 3, columns: 4)
    #expect(arena.byteCount == 3 * 4 * MemoryLayout<Float>.stride)
  }

  @Test func `the next tensor of its size lies where one was taken back`() {
    let arena = Arena()
    let (first, second) = (arena.tensor(rows: 3, columns: 4), arena.tensor(rows: 5, columns: 4))
    first.fill(1)
    second.fill(2)
    arena.takeBack(first)
    let other = arena.tensor(rows: 5, columns: 4)
    let next = arena.tensor(rows: 4, columns: 3)
    other.fill(3)
    next.fill(4)
    #expect(first[0] == 4)
    #expect(second[0] == 2)
    #expect(next.rows == 4)
    #expect(arena.tensor(rows: 3, columns: 4)[0] != 4)
  }

  @Test func `what was taken back in one step is not handed out twice in the next`() {
    let arena = Arena()
    arena.takeBack(arena.tensor(rows: 2, columns: 2))
    arena.reset()
    let (a, b) = (arena.tensor(rows: 2, columns: 2), arena.tensor(rows: 2, columns: 2))
    a.fill(1)
    b.fill(2)
    #expect(a[0] == 1)
  }
}
