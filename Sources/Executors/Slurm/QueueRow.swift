/// A job as `squeue` lists it.
package struct QueueRow: Hashable, Sendable {
  /// What is asked of `squeue`; the name stands last, since it may hold anything.
  static let format = "%i|%T|%N|%V|%S|%r|%j"

  /// `43`, or `43_5` for a task of an array.
  package let id: String
  package let state: String
  /// The node that it runs or ran on; empty while there is none.
  package let node: String
  /// Since when it waits, or runs if it does, as the cluster's clock has it: `2026-11-29T10:12:00`.
  let since: String
  /// Why it is in its state, as `Resources` or `JobHeldAdmin`.
  package let reason: String
  package let name: String

  package init(
    id: String, state: String, node: String = "", since: String = "", reason: String = "None",
    name: String
  ) {
    self.id = id
    self.state = state
    self.node = node
    self.since = since
    self.reason = reason
    self.name = name
  }

  /// Reads a line; nil for anything that is none.
  package init?(_ line: some StringProtocol) {
    let fields = line.split(separator: "|", maxSplits: 6, omittingEmptySubsequences: false)
    guard fields.count == 7, Self.isID(fields[0]),
      let state = fields[1].split(separator: " ").first, state.allSatisfy(Self.isOfWord)
    else { return nil }
    self.init(
      id: String(fields[0]), state: String(state), node: String(fields[2]),
      since: String(state == "PENDING" ? fields[3] : fields[4]), reason: String(fields[5]),
      name: String(fields[6]))
  }

  private static func isID(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  private static func isOfWord(_ character: Character) -> Bool {
    character == "_" || character.isASCII && character.isLetter
  }

  /// The job's place in its array; nil outside of arrays.
  package var index: Int? {
    let parts = id.split(separator: "_")
    return parts.count == 2 ? Int(parts[1]) : nil
  }

  /// Whether it may still do something; so is one in a state that is not known here.
  package var isLive: Bool { !Self.finalStates.contains(state) }

  private static let finalStates: Set<String> = [
    "COMPLETED", "FAILED", "TIMEOUT", "CANCELLED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED",
    "BOOT_FAIL", "DEADLINE", "REVOKED",
  ]

  /// Whether it waits for what will not come by itself.
  package var isHeld: Bool {
    guard state == "PENDING" || state == "REQUEUE_HOLD" || state == "SPECIAL_EXIT" else {
      return false
    }
    let held = [
      "DependencyNeverSatisfied", "PartitionConfig", "BadConstraints", "JobHeldAdmin",
      "JobHeldUser", "InvalidAccount", "InvalidQOS", "AccountNotAllowed", "QOSNotAllowed",
    ]
    return held.contains(reason) || hasFailedToLaunch
  }

  /// Whether a node could not start it, such as one that still has an earlier start of it running, as
  /// after a crash of the controller: it is held, and another job in its place may well start.
  package var hasFailedToLaunch: Bool {
    reason.contains("requeued held") || reason.contains("requeued_held")
  }
}
