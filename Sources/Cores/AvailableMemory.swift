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
  ControlGroups.texts(of: "memory.max", orOfFirstVersion: "memory.limit_in_bytes")
    .compactMap { Int($0.prefix { $0.isNumber }) }
}
