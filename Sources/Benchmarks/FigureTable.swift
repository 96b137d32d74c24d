import Foundation

/// All figures as a table in Markdown, under the machine and the day.
enum FigureTable {
  static var markdown: String {
    let day = Date.now.formatted(.iso8601.year().month().day())
    let heading = """
      \(Machine.name), \(day); `Benchmarks --peer --markdown` prints this.

      | subject | time | in a second | peer | its time | ours of it |
      |---|---:|---:|---|---:|---:|

      """
    var seen: Set<String> = []
    let rows = Measurement.all.filter { seen.insert($0.subject).inserted }.map(row)
    return heading + rows.joined()
  }

  private static func row(_ measurement: Measurement) -> String {
    let unit = measurement.unit
    let peer = measurement.peer.map { peer in
      "\(peer.name) | \(peer.value.shown) \(unit) | \((measurement.median / peer.value).shown)"
    }
    return "| \(measurement.subject) | \(measurement.median.shown) \(unit) "
      + "| \(measurement.rateText ?? "") | \(peer ?? "| |") |\n"
  }
}
