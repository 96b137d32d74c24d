import Cores
import Formats
import Foundation

/// Figures that were saved before, to tell what became slower.
struct Baseline {
  /// How a figure compares with the one before.
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

  private struct Figure {
    let median: Double
    let spread: Double
  }

  /// The one that was asked for, if it is of this machine.
  static let current = BenchmarkOptions.current.compared.flatMap { file -> Baseline? in
    guard let baseline = Baseline(file: file) else {
      complain("\(file) holds no figures: write it with --save")
      return nil
    }
    guard baseline.machine == thisMachine else {
      complain("\(file) is of \(baseline.machine), this is \(thisMachine): not compared")
      return nil
    }
    return baseline
  }

  let machine: String
  private let figures: [String: Figure]

  private init?(file: String) {
    guard let bytes = FileManager.default.contents(atPath: file),
      let json = try? JSONValue(parsing: Array(bytes), file: file),
      let machine = json["machine"]?.stringValue, let list = json["figures"]?.arrayValue
    else { return nil }
    self.machine = machine
    figures = Dictionary(
      list.compactMap { entry in
        guard let subject = entry["subject"]?.stringValue,
          let median = entry["median"]?.doubleValue, let spread = entry["spread"]?.doubleValue
        else { return nil }
        return (subject, Figure(median: median, spread: spread))
      }, uniquingKeysWith: { _, last in last })
  }

  /// Nil for a subject that was not measured before.
  func verdict(on measurement: Measurement) -> Verdict? {
    guard let before = figures[measurement.subject], before.median > 0 else { return nil }
    let ratio = measurement.median / before.median
    // Twice the spread of both, and a tenth: what differs from run to run of the same program.
    let noise = 1.1 + 2 * (measurement.spread + before.spread)
    return Verdict(ratio: ratio, isSlower: ratio > noise, isFaster: ratio * noise < 1)
  }

  /// Writes all figures that were shown.
  static func save(to file: String) throws {
    let figures = Measurement.all.map { measurement in
      JSONValue.object([
        .init("subject", .string(measurement.subject)), .init("unit", .string(measurement.unit)),
        .init("median", .number(measurement.median)), .init("spread", .number(measurement.spread)),
      ])
    }
    let json: JSONValue = [
      "machine": .string(thisMachine), "date": .string(Date.now.formatted(.iso8601)),
      "figures": .array(figures),
    ]
    try Data((json.pretty + "\n").utf8).write(to: URL(filePath: file))
  }

  /// The processor's name, and how many of its cores this process may use.
  private static let thisMachine: String = {
    let processors = FileManager.default.contents(atPath: "/proc/cpuinfo") ?? Data()
    let line = String(decoding: processors, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    return "\(name ?? "unknown processor"), \(availableCores()) cores"
  }()

  private static func complain(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
  }
}
