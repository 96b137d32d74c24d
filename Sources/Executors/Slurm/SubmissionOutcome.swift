import Processes

/// What came of an attempt to submit jobs.
package enum SubmissionOutcome: Hashable, Sendable {
  /// The id of the array.
  case submitted(String)
  /// The jobs may be there or not; the text is what was said.
  case unclear(String)
  /// The scheduler does not take such jobs.
  case refused(String)

  /// What Slurm says of jobs that it will never take.
  private static let refusals = [
    "invalid", "not available", "not permitted", "violates", "denied", "must be", "exceeds",
    "unrecognized option", "requires", "illegal", "can not be satisfied",
  ]

  /// - Parameters:
  ///   - ending: nil when `sbatch` could not be started.
  ///   - printed: the lines of its standard output.
  ///   - said: the lines of its standard error.
  package init(_ ending: ChildProcess.Ending, printed: [String], said: [String]) {
    let words = said.filter { $0.contains { !$0.isWhitespace } }.map { line in
      line.hasPrefix("sbatch: error: ") ? String(line.dropFirst("sbatch: error: ".count)) : line
    }
    let text = words.last ?? "sbatch said nothing"
    switch ending {
    case .exited(0):
      // `43`, or `43;cluster`.
      let ids = printed.compactMap { $0.split(separator: ";").first }.filter { id in
        id.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }
      self = ids.count == 1 ? .submitted(String(ids[0])) : .unclear(text)
    case .exited where Self.refusals.contains(where: text.lowercased().contains):
      self = .refused(text)
    case .exited, .killed: self = .unclear(text)
    case .stopped, .timedOut: self = .unclear("sbatch did not answer")
    }
  }
}
