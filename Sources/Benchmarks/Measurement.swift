import Glibc

/// The figures of one subject, smaller is better.
struct Measurement {
  let subject: String
  let unit: String
  /// In the unit, in any order.
  let values: [Double]
  /// What another program needs for the same, where it is installed.
  var peer: (name: String, value: Double)?

  private var sorted: [Double] { values.sorted() }
  var median: Double { sorted[sorted.count / 2] }
  var minimum: Double { sorted[0] }

  /// `subject  median  min  unit  ratio to the peer, and its value, where one is installed`.
  func show() {
    let ratio =
      peer.map { "\((median / $0.value).shown) of \($0.name)'s \($0.value.shown)" } ?? "-"
    Self.showLine([subject, median.shown, minimum.shown, unit, ratio].joined(separator: "\t"))
  }

  /// A line that is seen at once, also where the output is no terminal.
  static func showLine(_ line: String) {
    print(line)
    fflush(nil)
  }

  /// Times a body several times, after once to warm up.
  static func times(_ count: Int, _ body: () throws -> Void) rethrows -> [Double] {
    try body()
    let clock = ContinuousClock()
    return try (0..<count).map { _ in try clock.measure(body) / .milliseconds(1) }
  }
}

extension Double {
  /// Three significant digits or so.
  fileprivate var shown: String {
    let scale = self < 10 ? 100.0 : self < 100 ? 10 : 1
    return "\((self * scale).rounded() / scale)"
  }
}
