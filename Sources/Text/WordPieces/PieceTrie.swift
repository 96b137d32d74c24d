/// The entries of a vocabulary as a tree of their bytes, to find the longest that a word goes on with.
///
/// Nodes are numbered level by level, so that the children of one stand side by side: a word is
/// followed through a few short stretches of memory.
struct PieceTrie: Sendable {
  /// What an entry that goes on within a word begins with.
  static let continuation = Array("##".utf8)
  /// Of so many children or fewer each is looked at.
  private static let fewChildren = 8

  /// The byte that leads to each node; that of the root, which is 0, means nothing.
  private var bytes: [UInt8] = [0]
  /// The first child of each node, which may be that of the next; one more at the end.
  private var firstChildren: [Int32] = []
  /// Whether the bytes up to a node are an entry.
  private var endsEntry: [Bool] = []
  /// The node of `##`; nil when no entry begins so.
  private var inner: Int?

  init(_ entries: TokenTable) {
    var symbols = SymbolTable()
    for id in 0..<entries.count { _ = symbols.insert(entries[id]) }
    let sorted = (0..<Int32(symbols.count)).sorted { symbols.order($0, $1) < 0 }
    // For each node, the sorted entries that go through it, and how many bytes lead to it.
    var nodes = [(entries: 0..<sorted.count, depth: 0)]
    var node = 0
    while node < nodes.count {
      let depth = nodes[node].depth
      var rest = sorted[nodes[node].entries]
      firstChildren.append(Int32(truncatingIfNeeded: nodes.count))
      let isEntry = rest.first.map { symbols[$0].count == depth } ?? false
      endsEntry.append(isEntry)
      if isEntry { rest.removeFirst() }
      while let first = rest.first {
        let byte = Self.byte(depth, of: symbols[first])
        let end = rest.firstIndex { Self.byte(depth, of: symbols[$0]) != byte } ?? rest.endIndex
        bytes.append(byte)
        nodes.append((rest.startIndex..<end, depth + 1))
        rest = rest[end...]
      }
      node += 1
    }
    firstChildren.append(Int32(truncatingIfNeeded: nodes.count))
    inner = Self.continuation.reduce(into: Int?.some(0)) { node, byte in
      node = node.flatMap { child(of: $0, byte) }
    }
  }

  private static func byte(_ place: Int, of entry: ArraySlice<UInt8>) -> UInt8 {
    entry[entry.startIndex + place]
  }

  private func child(of node: Int, _ byte: UInt8) -> Int? {
    var child = Int(firstChildren[node])
    var end = Int(firstChildren[node + 1])
    while end - child > Self.fewChildren {
      let middle = (child + end) / 2
      if bytes[middle] <= byte { child = middle } else { end = middle }
    }
    while child < end {
      if bytes[child] == byte { return child }
      child += 1
    }
    return nil
  }

  /// Where the longest entry ends that the word goes on with from `start`; nil where none does.
  ///
  /// Beyond the start of the word only entries after `##` count.
  func longestEntry(in word: [UInt8], from start: Int) -> Int? {
    guard var node = start == 0 ? 0 : inner else { return nil }
    var longest: Int?
    var end = start
    while end < word.count, let next = child(of: node, word[end]) {
      node = next
      end += 1
      if endsEntry[node] { longest = end }
    }
    return longest
  }
}
