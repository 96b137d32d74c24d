/// How many processes of the control groups of this one the system has ended for want of memory.
///
/// A rise while work was done may mean that a part of it was ended, even where all seems well.
package func memoryKillCount() -> Int {
  ControlGroups.texts(of: "memory.events", orOfFirstVersion: "memory.oom_control")
    .map { memoryKills(in: $0) }.reduce(0, +)
}

/// The number behind `oom_kill` in a group's list of counts; 0 where there is none.
package func memoryKills(in text: String) -> Int {
  for line in text.split(separator: "\n") where line.hasPrefix("oom_kill ") {
    return Int(line.dropFirst("oom_kill ".count)) ?? 0
  }
  return 0
}
