import Formats
import Foundation
import Glibc
import Synchronization

/// What another program needs for a subject.
struct Peer: Sendable {
  let name: String
  /// In the unit of the subject.
  let value: Double

  /// Nil where the program is not installed, or was not asked for.
  init?(_ name: String, _ value: Double?) {
    guard let value else { return nil }
    (self.name, self.value) = (name, value)
  }
}

/// The figures of one subject, smaller is better.
struct Measurement: Sendable {
  /// All that were shown, and the name of the subject under way.
  private static let shown = Mutex<(all: [Measurement], source: String)>(([], ""))

  let subject: String
  let unit: String
  /// In the unit, in any order.
  let values: [Double]
  /// Other programs that do the same, those of them that are installed.
  var peers: [Peer] = []
  /// How much is done in the time that a value is, and in what: 322 MB.
  var amount: (count: Double, unit: String)?
  /// The name of the subject that was asked for.
  private(set) var source = ""

  private var sorted: [Double] { values.sorted() }
  var median: Double { sorted[sorted.count / 2] }
  var minimum: Double { sorted[0] }

  /// Half the distance between the quartiles, as a share of the median.
  var spread: Double {
    let (values, last) = (sorted, sorted.count - 1)
    let distance = values[min(last, values.count * 3 / 4)] - values[values.count / 4]
    return median > 0 ? distance / 2 / median : 0
  }

  /// How much is done in a second, where the unit is a time.
  private var rate: (value: Double, unit: String)? {
    amount.map { ($0.count / (median / 1000), "\($0.unit)/s") }
  }

  static var all: [Measurement] { shown.withLock { $0.all } }

  /// The name of the subject under way.
  static var source: String {
    get { shown.withLock { $0.source } }
    set { shown.withLock { $0.source = newValue } }
  }

  /// The smallest figure of a subject in all its measurements.
  static func fastest(of subject: String) -> Double? {
    all.filter { $0.subject == subject }.map(\.minimum).min()
  }

  /// How many times as fast it is as a peer.
  func speedup(over peer: Peer) -> String { "\((peer.value / median).shown) ×" }

  var rateText: String? { rate.map { "\($0.value.shown) \($0.unit)" } }

  /// The names of the columns that `show` prints, unless it prints JSON.
  static func showHeading() {
    guard !BenchmarkOptions.current.isJSON else { return }
    showLine("subject\tmedian\tmin\tspread\tunit\trate\tpeer\tbefore")
  }

  /// Prints the figures, beside the peer's and those that were measured before.
  func show() {
    var named = self
    named.source = Self.source
    Self.shown.withLock { $0.all.append(named) }
    let before = Baseline.current?.verdict(on: minimum, of: subject)
    Self.showLine(BenchmarkOptions.current.isJSON ? json(before).compact : line(before))
  }

  private func line(_ before: Baseline.Verdict?) -> String {
    let ratios = peers.map { "\(speedup(over: $0)) as fast as \($0.name) (\($0.value.shown))" }
    return [
      subject, median.shown, minimum.shown, "±\(Int((spread * 100).rounded())) %", unit,
      rateText ?? "-", peers.isEmpty ? "-" : ratios.joined(separator: "; "), before?.text ?? "-",
    ].joined(separator: "\t")
  }

  private func json(_ before: Baseline.Verdict?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("subject", .string(subject)), .init("unit", .string(unit)),
      .init("median", .number(median)), .init("minimum", .number(minimum)),
      .init("spread", .number(spread)), .init("values", .array(values.map { .number($0) })),
    ]
    if let rate { members.append(.init(rate.unit, .number(rate.value))) }
    if !peers.isEmpty {
      let list = peers.map { peer -> JSONValue in
        ["name": .string(peer.name), "value": .number(peer.value)]
      }
      members.append(.init("peers", .array(list)))
    }
    if let before {
      members.append(
        .init("before", ["ratio": .number(before.ratio), "slower": .bool(before.isSlower)]))
    }
    return .object(members)
  }

  /// A line that is seen at once, also where the output is no terminal; beside the table for a README.
  static func showLine(_ line: String) {
    if BenchmarkOptions.current.isMarkdown {
      FileHandle.standardError.write(Data("\(line)\n".utf8))
    } else {
      print(line)
      fflush(nil)
    }
  }

  /// Times a body several times, after once to warm up; at most five times for a quick look.
  static func times(_ count: Int, _ body: () throws -> Void) rethrows -> [Double] {
    try body()
    return try coldTimes(count, body)
  }

  /// Times a body several times, the first included.
  static func coldTimes(_ count: Int, _ body: () throws -> Void) rethrows -> [Double] {
    let clock = ContinuousClock()
    let runs = BenchmarkOptions.current.isQuick ? min(count, 5) : count
    return try (0..<runs).map { _ in try clock.measure(body) / .milliseconds(1) }
  }
}

extension Double {
  /// Three significant digits or so.
  var shown: String {
    let scale = self < 10 ? 100.0 : self < 100 ? 10 : 1
    return "\((self * scale).rounded() / scale)"
  }
}
