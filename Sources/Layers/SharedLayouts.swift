import Synchronization
import Tensors

/// Weights as the products of a step read them, each laid out once for all its shards.
final class SharedLayouts<Key: Hashable & Sendable, Layout: Sendable>: Sendable {
  private let entries = Mutex<[Key: Entry]>([:])

  /// Says that the weights have changed: each is laid out anew when it is needed next.
  ///
  /// Nobody may use those of before any more.
  func forget() {
    for entry in entries.withLock({ Array($0.values) }) { entry.forget() }
  }

  /// The weights of a key, laid out by whoever needs them first; who comes meanwhile waits.
  ///
  /// - Parameter make: lays them out in memory of an arena.
  func layout(of key: Key, _ make: (Arena) -> Layout) -> Layout {
    let entry = entries.withLock { entries in
      let entry = entries[key] ?? Entry()
      entries[key] = entry
      return entry
    }
    return entry.layout(make)
  }

  /// Unchecked: its memory is handed out and taken back under its lock.
  private final class Entry: @unchecked Sendable {
    private let arena = Arena(leastBlock: 0)
    private let layout = Mutex<Layout?>(nil)

    func forget() { layout.withLock { $0 = nil } }

    func layout(_ make: (Arena) -> Layout) -> Layout {
      layout.withLock { layout in
        if let layout { return layout }
        arena.reset()
        let made = make(arena)
        layout = made
        return made
      }
    }
  }
}
