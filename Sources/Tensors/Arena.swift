/// Memory for the tensors of one step: handed out by moving a mark, taken back all at once.
///
/// A tensor may also be taken back by itself; the next one of its size lies in its place.
///
/// It grows while the first steps show what a step needs and then stays: after that, no step
/// allocates. Memory handed out holds whatever an earlier step left in it.
package final class Arena {
  /// The memory of this step; more than one block only until the next reset.
  private var blocks: [AlignedMemory] = []
  /// Bytes used of the last block.
  private var used = 0
  /// Bytes used of the blocks before it.
  private var usedBefore = 0
  /// Tensors taken back in this step, the last one at the end: it is in the cache still.
  private var free: [Tensor] = []

  /// The fewest bytes that it takes from the system at once.
  private let leastBlock: Int

  /// - Parameter leastBlock: the fewest bytes that it takes from the system at once; 0 for what holds
  ///   a few tensors and no more.
  package init(leastBlock: Int = 1 << 20) { self.leastBlock = leastBlock }

  /// The bytes it holds, used or not.
  package var byteCount: Int { blocks.reduce(0) { $0 + $1.byteCount } }

  /// A tensor of this step; its values are not set.
  package func tensor(rows: Int, columns: Int) -> Tensor {
    if let place = free.lastIndex(where: { $0.count == rows * columns }) {
      return free.remove(at: place).reshaped(rows: rows, columns: columns)
    }
    let (memory, offset) = take(rows * columns * MemoryLayout<Float>.stride)
    return Tensor(
      in: memory, offset: offset / MemoryLayout<Float>.stride, rows: rows, columns: columns)
  }

  /// A row of integers of this step; they are not set.
  package func indices(count: Int) -> Indices {
    let (memory, offset) = take(count * MemoryLayout<Int32>.stride)
    return Indices(in: memory, offset: offset / MemoryLayout<Int32>.stride, count: count)
  }

  /// A row of integers of this step with these values.
  package func indices(_ values: [Int32]) -> Indices {
    let indices = indices(count: values.count)
    for (place, value) in values.enumerated() { indices[place] = Int(value) }
    return indices
  }

  /// Takes back a tensor that `tensor` handed out in this step; no view of it may be used any more.
  package func takeBack(_ tensor: Tensor) { free.append(tensor) }

  /// Takes back everything handed out; views of it will see the next step's values.
  package func reset() {
    let needed = usedBefore + used
    (used, usedBefore) = (0, 0)
    free.removeAll(keepingCapacity: true)
    guard blocks.count > 1 else { return }
    blocks.removeAll()
    blocks.append(AlignedMemory(byteCount: needed))
  }

  private func take(_ count: Int) -> (memory: AlignedMemory, offset: Int) {
    let start = used.roundedUp(toMultipleOf: AlignedMemory.alignment)
    if let block = blocks.last, start + count <= block.byteCount {
      used = start + count
      return (block, start)
    }
    let block = AlignedMemory(byteCount: max(count, byteCount / 8, leastBlock))
    blocks.append(block)
    usedBefore += used.roundedUp(toMultipleOf: AlignedMemory.alignment)
    used = count
    return (block, 0)
  }
}

extension Int {
  fileprivate func roundedUp(toMultipleOf alignment: Int) -> Int {
    (self + alignment - 1) / alignment * alignment
  }
}
