import FoundationEssentials
import Glibc

/// How many bytes of memory this process may use: the machine's, or less where a limit is set.
///
/// The limits are those of its control groups and of `ulimit -v`.
package func availableMemory() -> Int {
  let machine = max(0, sysconf(Int32(_SC_PHYS_PAGES))).multipliedReportingOverflow(
    by: max(0, sysconf(Int32(_SC_PAGESIZE))))
  let limits = [addressSpaceLimit()] + controlGroupLimits()
  return limits.compactMap(\.self).reduce(machine.overflow ? .max : machine.partialValue, min)
}

private func addressSpaceLimit() -> Int? {
  var limit = rlimit()
  guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return nil }
  return Int(exactly: limit.rlim_cur)
}

/// The limits of the process's own control group and of the outermost it can see, of either version.
private func controlGroupLimits() -> [Int] {
  let root = "/sys/fs/cgroup"
  var files = ["\(root)/memory.max", "\(root)/memory/memory.limit_in_bytes"]
  for line in text(of: "/proc/self/cgroup").split(separator: "\n") {
    let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { continue }
    if parts[1].isEmpty { files.append("\(root)\(parts[2])/memory.max") }
    if parts[1].split(separator: ",").contains("memory") {
      files.append("\(root)/memory\(parts[2])/memory.limit_in_bytes")
    }
  }
  return files.compactMap { Int(text(of: $0).prefix { $0.isNumber }) }
}

private func text(of file: String) -> String {
  String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
}
