import Diagnostics
import Foundation
import Pages
import Reports

/// How time and memory grow when there is ten and a hundred times as much of something.
///
/// Each size is a whole process. The figure of it is left beside the build, as `scaling-*.svg`.
enum Scaling {
  private static let factors = [1, 10, 100]
  private static let repetitions = 3

  private struct Curve {
    let name: String
    /// For each factor.
    let seconds: [Double]
    let megabytes: [Double]
  }

  static func run() throws {
    let curves = try ScalingSubject.all.map { subject in try curve(of: subject) }
    let times = drawing(
      "Time, as a multiple of that for the smallest", curves.map { ($0.name, $0.seconds) })
    let memory = drawing(
      "Most memory, as a multiple of that for the smallest", curves.map { ($0.name, $0.megabytes) })
    for (name, drawing) in [("time", times), ("memory", memory)] {
      try drawing.file.write(
        toFile: ".build/scaling-\(name).svg", atomically: false, encoding: .utf8)
    }
  }

  /// - Throws: when a process fails.
  private static func curve(of subject: ScalingSubject) throws -> Curve {
    var (seconds, megabytes): ([Double], [Double]) = ([], [])
    for factor in factors {
      let folder = try WorkFolder()
      let size = subject.base * factor
      try subject.prepare(size, folder)
      var (times, peaks): ([Double], [Double]) = ([], [])
      for repetition in 0..<repetitions {
        let words = subject.words(folder, repetition)
        guard let ended = ChildProcess(words), ended.exitCode == 0 else {
          throw Diagnostic(.failed(subject.name, words))
        }
        times.append(ended.seconds)
        peaks.append(Double(ended.peakBytes) / 1e6)
      }
      let name = "\(subject.name), \(size)"
      let time = Measurement(subject: name, unit: "s", values: times)
      let peak = Measurement(subject: "\(name), memory", unit: "MB", values: peaks)
      time.show()
      peak.show()
      seconds.append(time.median)
      megabytes.append(peak.median)
    }
    return Curve(name: subject.name, seconds: seconds, megabytes: megabytes)
  }

  private static func drawing(_ title: String, _ lines: [(name: String, values: [Double])])
    -> Drawing
  {
    LineDrawing(
      title: title, over: "times as much", factors,
      lines.map { line in
        LineChart.Series(line.name, line.values.map { $0 / line.values[0] })
      },
      spacing: .logarithmic, scale: .logarithmic
    ).drawing
  }
}

extension Diagnostic.Message {
  fileprivate static func failed(_ subject: String, _ words: [String]) -> Self {
    Self(
      "\(subject): `\(ShellWord.line(words))` failed",
      remedy: "build the program first, with swift build -c release, and see what it says")
  }
}
