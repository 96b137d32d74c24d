import Diagnostics
import Processes

/// The commands of Slurm, each with a time-out, in an environment without what a job left in it.
package struct SlurmClient: Sendable {
  /// How many jobs are named in one call.
  private static let namedAtOnce = 100

  private let folder: String?
  /// Seconds that a command may take; a controller that hangs lets some wait for minutes.
  private let limit: Double

  /// - Parameter folder: where the commands are; nil for the PATH.
  package init(folder: String? = nil, limit: Double = 60) {
    self.folder = folder
    self.limit = limit
  }

  /// Submits an array of jobs.
  ///
  /// - Parameter script: the path of the file that holds its script.
  package func submit(_ words: [String], script: String) -> SubmissionOutcome {
    guard let answer = call(words, input: script) else {
      return .unclear("sbatch cannot be started")
    }
    return SubmissionOutcome(answer.ending, printed: answer.printed, said: answer.said)
  }

  /// The jobs of this user, also those that ended lately; nil when that cannot be known.
  package func jobs() -> [QueueRow]? {
    guard
      let answer = call(["squeue", "-h", "-r", "--me", "-t", "all", "-o", QueueRow.format]),
      answer.ending == .exited(0)
    else { return nil }
    return Self.rows(in: answer.printed)
  }

  /// The jobs in a listing; nil when it has lines but none of them is a job's.
  package static func rows(in lines: [String]) -> [QueueRow]? {
    let rows = lines.compactMap { QueueRow($0) }
    return rows.isEmpty && !lines.isEmpty ? nil : rows
  }

  /// Asks for the end of some jobs; they end some time later.
  package func cancel(_ ids: [String]) {
    for start in stride(from: 0, to: ids.count, by: Self.namedAtOnce) {
      _ = call(["scancel"] + ids[start..<min(start + Self.namedAtOnce, ids.count)])
    }
  }

  /// Has a job that waits for the end of others wait for the end of these instead.
  ///
  /// - Parameter others: the ids of jobs or of arrays.
  /// - Returns: whether it does; it does not where it has begun meanwhile.
  func putOff(_ job: String, to others: [String]) -> Bool {
    let words = ["scontrol", "update", "JobId=\(job)", "Dependency=\(Self.end(of: others))"]
    return call(words)?.ending == .exited(0)
  }

  /// The end of jobs, well or not, as a dependency of another job.
  static func end(of jobs: [String]) -> String { "afterany:\(jobs.joined(separator: ":"))" }

  /// How many jobs an array may have; nil when that cannot be known.
  func largestArray() -> Int? {
    call(["scontrol", "show", "config"]).flatMap { Self.largestArray(in: $0.printed) }
  }

  /// What the partition of jobs has; nil when that cannot be known.
  func limits(of settings: ClusterSettings) -> PartitionLimits? {
    // Further options may name another partition.
    guard !settings.options.contains(where: { $0.hasPrefix("-p") || $0.hasPrefix("--partition") }),
      let answer = call(["sinfo", "-h", "-e", "-o", PartitionLimits.format]),
      answer.ending == .exited(0)
    else { return nil }
    return PartitionLimits(in: answer.printed, of: settings.partition)
  }

  package static func largestArray(in lines: [String]) -> Int? {
    for line in lines where line.hasPrefix("MaxArraySize") {
      let number = line.split(separator: "=").last?.filter { $0 != " " }
      return number.flatMap { Int($0) }.flatMap { $0 > 1 ? $0 - 1 : nil }
    }
    return nil
  }

  /// Whether the commands are there at all.
  package var isInstalled: Bool { call(["sbatch", "--version"])?.ending == .exited(0) }

  private func call(
    _ words: [String], input: String = "/dev/null"
  ) -> (ending: ChildProcess.Ending, printed: [String], said: [String])? {
    var (printed, said): ([String], [String]) = ([], [])
    let child = ChildProcess(
      words: [folder.map { "\($0)/\(words[0])" } ?? words[0]] + words.dropFirst(),
      environment: Self.scrubbed(ProcessEnvironment.all), input: input,
      output: .lines { printed.append($0) })
    guard
      let ending = try? child.run(
        limit: limit, shouldStop: { false }, said: { said.append($0) })
    else { return nil }
    return (ending, printed, said)
  }

  /// Variables without those that would give a job the options of another.
  package static func scrubbed(_ variables: [String]) -> [String] {
    variables.filter { variable in
      variable.hasPrefix("SLURM_CONF=")
        || !(variable.hasPrefix("SLURM_") || variable.hasPrefix("SBATCH_"))
    }
  }
}
