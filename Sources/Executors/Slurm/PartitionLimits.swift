/// The most that a job of a partition may have, as its nodes and its time limit tell.
package struct PartitionLimits: Hashable, Sendable {
  /// The cores of its largest node.
  package let cores: Int
  /// The bytes of memory of the node with most.
  package let memory: Int
  /// In seconds; nil for any time.
  package let seconds: Double?

  package init(cores: Int, memory: Int, seconds: Double?) {
    self.cores = cores
    self.memory = memory
    self.seconds = seconds
  }

  /// What is asked of `sinfo`: a line for each sort of node of a partition.
  static let format = "%P|%l|%c|%m"

  /// Reads lines of `sinfo`; nil when none is of the partition.
  ///
  /// - Parameter partition: nil for the default one, which a star marks.
  package init?(in lines: [String], of partition: String?) {
    let nodes = lines.compactMap { line -> PartitionLimits? in
      let fields = line.split(separator: "|", omittingEmptySubsequences: false)
      guard fields.count == 4,
        partition.map({ fields[0] == $0 || fields[0] == $0 + "*" }) ?? fields[0].hasSuffix("*"),
        let cores = Self.number(fields[2]), let megabytes = Self.number(fields[3])
      else { return nil }
      return PartitionLimits(
        cores: cores, memory: megabytes << 20, seconds: Self.seconds(fields[1]))
    }
    guard let cores = nodes.map(\.cores).max(), let memory = nodes.map(\.memory).max() else {
      return nil
    }
    self.init(cores: cores, memory: memory, seconds: nodes[0].seconds)
  }

  /// `64`, or `64+` where some nodes have more.
  private static func number(_ text: Substring) -> Int? {
    Int(text.hasSuffix("+") ? text.dropLast() : text).flatMap {
      (1..<1 << 40).contains($0) ? $0 : nil
    }
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
