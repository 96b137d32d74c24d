import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// How many cores this process may use: its affinity mask counts, so `taskset` is obeyed, and what a
/// job of Slurm was given.
package func availableCores() -> Int {
  let present = max(1, ProcessInfo.processInfo.activeProcessorCount)
  guard let text = unsafe getenv("SLURM_CPUS_PER_TASK"),
    let given = unsafe Int(String(cString: text))
  else { return present }
  return max(1, min(given, present))
}

/// Runs `body(0) … body(count - 1)`, at most `cores` of them at a time, and returns when all ended.
///
/// Which core runs which index is not fixed, so a body must not depend on it.
package func concurrently(_ count: Int, cores: Int, _ body: @Sendable (Int) -> Void) {
  let workers = min(count, cores)
  guard workers > 1 else {
    for index in 0..<max(0, count) { body(index) }
    return
  }
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: workers) { _ in
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      body(index)
    }
  }
}

/// The results of `body(0) … body(count - 1)` in that order; of several failures, the first in order.
package func mapConcurrently<Result: Sendable, Failure: Error>(
  _ count: Int, cores: Int, _ body: @Sendable (Int) throws(Failure) -> Result
) throws(Failure) -> [Result] {
  let results = Mutex([Swift.Result<Result, Failure>?](repeating: nil, count: count))
  concurrently(count, cores: cores) { index in
    let result: Swift.Result<Result, Failure>
    do throws(Failure) { result = .success(try body(index)) } catch { result = .failure(error) }
    results.withLock { $0[index] = result }
  }
  var values: [Result] = []
  values.reserveCapacity(count)
  for result in results.withLock({ $0 }) {
    if let result { values.append(try result.get()) }
  }
  return values
}
