/// The most that jobs of a partition may have, as its nodes and its time limit tell.
package struct PartitionLimits: Hashable, Sendable {
  /// Nodes that are alike.
  package struct Nodes: Hashable, Sendable {
    /// How many of them take jobs or work on some.
    let count: Int
    let cores: Int
    /// In bytes.
    let memory: Int

    package init(count: Int, cores: Int, memory: Int) {
      self.count = count
      self.cores = cores
      self.memory = memory
    }
  }

  private let nodes: [Nodes]
  /// In seconds; nil for any time.
  package let seconds: Double?

  package init(nodes: [Nodes], seconds: Double?) {
    self.nodes = nodes
    self.seconds = seconds
  }

  /// The cores of its largest node.
  package var cores: Int { nodes.map(\.cores).max() ?? 1 }

  /// The bytes of memory of the node with most.
  package var memory: Int { nodes.map(\.memory).max() ?? 0 }

  /// How many jobs with these needs may run at once, if there are no others.
  package func slots(for resources: JobResources) -> Int {
    nodes.reduce(0) { sum, nodes in
      let ofOne = min(nodes.cores / resources.cores, nodes.memory / max(1, resources.memory))
      return sum + nodes.count * ofOne
    }
  }

  /// What is asked of `sinfo`: a line for each sort of node of a partition.
  static let format = "%P|%l|%c|%m|%A"

  /// Reads lines of `sinfo`; nil when none is of the partition.
  ///
  /// - Parameter partition: nil for the default one, which a star marks.
  package init?(in lines: [String], of partition: String?) {
    let sorts = lines.compactMap { line -> (nodes: Nodes, seconds: Double?)? in
      let fields = line.split(separator: "|", omittingEmptySubsequences: false)
      guard fields.count == 5,
        partition.map({ fields[0] == $0 || fields[0] == $0 + "*" }) ?? fields[0].hasSuffix("*"),
        let cores = Self.number(fields[2]), let megabytes = Self.number(fields[3])
      else { return nil }
      let nodes = Nodes(count: Self.count(fields[4]), cores: cores, memory: megabytes << 20)
      return (nodes, Self.seconds(fields[1]))
    }
    guard let first = sorts.first else { return nil }
    self.init(nodes: sorts.map(\.nodes), seconds: first.seconds)
  }

  /// `64`, or `64+` where some nodes have more.
  private static func number(_ text: Substring) -> Int? {
    Int(text.hasSuffix("+") ? text.dropLast() : text).flatMap {
      (1..<1 << 40).contains($0) ? $0 : nil
    }
  }

  /// The sum of `3/1`: the nodes that work, and those that are idle.
  private static func count(_ text: Substring) -> Int {
    text.split(separator: "/").reduce(0) { $0 + min(max(0, Int($1) ?? 0), 1 << 20) }
  }

  /// `30:00`, `2:00:00` or `1-12:00:00`; nil for `infinite` and anything else.
  private static func seconds(_ text: Substring) -> Double? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let clock = (parts.last ?? "").split(separator: ":").map { Double($0) }
    guard parts.count <= 2, (2...3).contains(clock.count), !clock.contains(nil),
      let days = parts.count == 2 ? Double(parts[0]) : 0
    else { return nil }
    return clock.reduce(0) { $0 * 60 + ($1 ?? 0) } + days * 86_400
  }
}
