import Foundation

/// What became slower than before, told only where it does so again and again.
enum Regressions {
  /// How often a subject that seems slower is measured in all.
  private static let rounds = 3

  /// Measures again what seems slower, and tells what still does.
  ///
  /// - Parameter subjects: those that were measured.
  static func tell(of subjects: [Subject]) throws {
    for _ in 1..<Self.rounds {
      let slower = Set(found.map(\.measurement.source))
      for subject in subjects where slower.contains(subject.name) { try subject.measure() }
    }
    let slower = found.map { "\($0.measurement.subject) (\($0.verdict.text))" }
    guard !slower.isEmpty else { return }
    let list = slower.joined(separator: "; ")
    FileHandle.standardError.write(
      Data("slower than before, measured \(rounds) times: \(list)\n".utf8))
  }

  /// The subjects whose fastest figure is larger than noise explains.
  private static var found: [(measurement: Measurement, verdict: Baseline.Verdict)] {
    var seen: Set<String> = []
    return Measurement.all.compactMap { measurement in
      guard seen.insert(measurement.subject).inserted,
        let fastest = Measurement.fastest(of: measurement.subject),
        let verdict = Baseline.current?.verdict(on: fastest, of: measurement.subject),
        verdict.isSlower
      else { return nil }
      return (measurement, verdict)
    }
  }
}
