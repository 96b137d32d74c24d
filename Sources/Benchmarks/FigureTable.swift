import Foundation

/// All figures as a table in Markdown, under the machine and the day.
enum FigureTable {
  static var markdown: String {
    let day = Date.now.formatted(.iso8601.year().month().day())
    let heading = """
      \(Machine.name), \(day); `Benchmarks --peer --markdown` prints this.

      | subject | time | in a second | peer | its time | times as fast |
      |---|---:|---:|---|---:|---:|

      """
    var seen: Set<String> = []
    let rows = Measurement.all.filter { seen.insert($0.subject).inserted }.flatMap(rows)
    return heading + rows.joined()
  }

  /// A row for each peer, or one where there is none.
  private static func rows(of measurement: Measurement) -> [String] {
    let unit = measurement.unit
    let own =
      "| \(measurement.subject) | \(measurement.median.shown) \(unit) "
      + "| \(measurement.rateText ?? "") "
    let peers = measurement.peers.map { peer in
      "| \(peer.name) | \(peer.value.shown) \(unit) | \(measurement.speedup(over: peer)) |\n"
    }
    guard let first = peers.first else { return [own + "| | | |\n"] }
    return [own + first] + peers.dropFirst().map { "| | | " + $0 }
  }
}
