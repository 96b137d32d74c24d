import Diagnostics
import Synchronization

/// How often each token occurs in a text that is counted chunk by chunk, and each chunk in parts.
///
/// What was counted in a chunk can be had as lines and added from them again. The tokens of the total
/// are in the order of first occurrence, as if all were counted in one go.
package struct ChunkedCounter: Sendable {
  /// What was counted in all chunks that ended; it has the tokens of the one under way, too.
  package private(set) var total = VocabularyCounter()
  /// The tokens that parts are to be counted beside.
  package let known = KnownTokens()
  /// Of the chunk under way, how often the token of each id of the total occurs.
  private var counts: [Int] = []
  /// The ids of its tokens, in the order of first occurrence.
  private var order: [Int] = []

  package init() {}

  /// Adds the next part of the chunk under way, counted beside known tokens.
  package mutating func add(_ part: PartCounter) {
    let knownCount = part.known.count
    let others = (0..<part.others.count).map { id in
      part.others.withBytes(of: id) { total.insert($0) }
    }
    counts += repeatElement(0, count: total.tokens.count - counts.count)
    for id in part.order {
      let place = id < knownCount ? id : others[id - knownCount]
      if counts[place] == 0 { order.append(place) }
      counts[place] &+= Int(part.counts[id])
    }
    known.update(total.tokens)
  }

  /// What was counted in the chunk under way, so that it need not be counted again.
  package var chunkLines: [UInt8] {
    total.countLines(of: order) { counts[$0] }
  }

  /// Ends the chunk under way.
  package mutating func endChunk() {
    for id in order {
      total.add(counts[id], to: id)
      counts[id] = 0
    }
    order.removeAll(keepingCapacity: true)
  }

  /// Adds a chunk that has these lines.
  ///
  /// - Throws: when they are not as `chunkLines` writes them.
  package mutating func add(chunkLines lines: [UInt8]) throws(Diagnostic) {
    total.add(try VocabularyCounter(countLines: lines))
    counts += repeatElement(0, count: total.tokens.count - counts.count)
    known.update(total.tokens)
  }
}

/// The first tokens of a table that grows, as threads may look at them.
package final class KnownTokens: Sendable {
  /// No more than these, so that they stay in the cache and arrays of their counts are small.
  private static let mostTokens = 1 << 16

  private let table = Mutex(TokenTable())

  /// The first tokens that the table had when it was looked at last.
  package var tokens: TokenTable { table.withLock { $0 } }

  /// Looks at the table where it has grown by a thirtieth, as it is copied when it grows on.
  fileprivate func update(_ tokens: TokenTable) {
    table.withLock { known in
      let isMuchMore = tokens.count > known.count + known.count / 32
      guard known.count < Self.mostTokens, isMuchMore else { return }
      known = tokens.count <= Self.mostTokens ? tokens : tokens.prefix(Self.mostTokens)
    }
  }
}
