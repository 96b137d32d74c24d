import Formats
import Foundation

/// Figures that were saved before, to tell what became slower.
///
/// Of each run of a subject the fastest measurement counts, as other work on the machine only ever adds
/// to it. What such figures of several runs differ by is the noise.
struct Baseline {
  /// How a figure compares with those before.
  struct Verdict {
    let ratio: Double
    /// Whether it is larger by more than noise explains.
    let isSlower: Bool
    /// Whether it is smaller by more than noise explains.
    let isFaster: Bool

    var text: String {
      let times = "\((ratio * 100).rounded() / 100) of before"
      return isSlower ? "SLOWER: \(times)" : isFaster ? "faster: \(times)" : times
    }
  }

  /// How many runs are kept of each subject, the last ones.
  private static let keptRuns = 9
  /// The least and the most that noise is taken for: so that a fifth more is always told.
  private static let noiseLimits = 1.08...1.15

  /// The one that was asked for, if it is of this machine.
  static let current = BenchmarkOptions.current.compared.flatMap { file -> Baseline? in
    guard let baseline = Baseline(file: file) else {
      complain("\(file) holds no figures: write it with --save")
      return nil
    }
    guard baseline.machine == Machine.name else {
      complain("\(file) is of \(baseline.machine), this is \(Machine.name): not compared")
      return nil
    }
    return baseline
  }

  let machine: String
  /// The fastest figures of each run, the oldest first, by subject.
  private var runs: [String: [Double]]

  private init?(file: String) {
    guard let bytes = FileManager.default.contents(atPath: file),
      let json = try? JSONValue(parsing: Array(bytes), file: file),
      let machine = json["machine"]?.stringValue, let list = json["figures"]?.arrayValue
    else { return nil }
    self.machine = machine
    runs = Dictionary(
      list.compactMap { entry in
        guard let subject = entry["subject"]?.stringValue, let runs = entry["runs"]?.arrayValue
        else { return nil }
        return (subject, runs.compactMap(\.doubleValue).filter { $0 > 0 })
      }, uniquingKeysWith: { _, last in last })
  }

  /// How the fastest figure of a subject compares; nil for one that was not measured before.
  func verdict(on fastest: Double, of subject: String) -> Verdict? {
    guard let before = runs[subject]?.sorted(), !before.isEmpty else { return nil }
    let usual = before[before.count / 2]
    let spread = 1 + 2 * (before[before.count * 3 / 4] - before[before.count / 4]) / usual
    let noise = min(max(spread, Self.noiseLimits.lowerBound), Self.noiseLimits.upperBound)
    let ratio = fastest / usual
    return Verdict(ratio: ratio, isSlower: ratio > noise, isFaster: ratio * noise < 1)
  }

  /// Adds the figures of this run to those of earlier ones on this machine.
  static func save(to file: String) throws {
    var runs = Baseline(file: file).flatMap { $0.machine == Machine.name ? $0.runs : nil } ?? [:]
    let measured = Measurement.all
    for subject in Set(measured.map(\.subject)) {
      guard let fastest = Measurement.fastest(of: subject) else { continue }
      runs[subject] = (runs[subject] ?? []).suffix(keptRuns - 1) + [fastest]
    }
    let figures = runs.sorted { $0.key < $1.key }.map { subject, runs in
      let unit = measured.first { $0.subject == subject }?.unit
      return JSONValue.object(
        [.init("subject", .string(subject))] + (unit.map { [.init("unit", .string($0))] } ?? [])
          + [.init("runs", .array(runs.map { .number($0) }))])
    }
    let json: JSONValue = [
      "machine": .string(Machine.name), "date": .string(Date.now.formatted(.iso8601)),
      "figures": .array(figures),
    ]
    try Data((json.pretty + "\n").utf8).write(to: URL(filePath: file))
  }

  private static func complain(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
  }
}
