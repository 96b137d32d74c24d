import Diagnostics
import Pipelines
import TOML

/// The problems of a sweep's points, each told once with the points that have it.
struct PointProblems {
  /// In the order they were found.
  private var problems: [Diagnostic] = []
  /// The numbers of the points that have each.
  private var numbers: [Diagnostic: Set<Int>] = [:]

  mutating func add(_ found: [Diagnostic], of point: SweepPoint) {
    for problem in found where numbers[problem, default: []].insert(point.number).inserted {
      if numbers[problem]?.count == 1 { problems.append(problem) }
    }
  }

  /// What is wrong, and where only with some points, with which.
  ///
  /// A problem that points at a value is all points' that have the value, and says enough.
  func all(among points: [SweepPoint]) -> [Diagnostic] {
    guard !problems.isEmpty else { return [] }
    let having = Self.numbers(having: Set(problems.map(\.place)), points)
    return problems.map { problem in
      let concerned = numbers[problem] ?? []
      guard concerned.count < points.count, concerned != having[problem.place] ?? [] else {
        return problem
      }
      var told = problem
      told.message = .ofPoints(concerned.sorted(), of: points.count, problem.message)
      return told
    }
  }

  /// The numbers of the points that take a value written at a place, for each of the places.
  private static func numbers(
    having places: Set<Place?>, _ points: [SweepPoint]
  ) -> [Place?: Set<Int>] {
    var numbers: [Place?: Set<Int>] = [:]
    for point in points {
      for option in point.settings.map(\.option) {
        let place = option.source.place(of: option.node.range)
        if places.contains(place) { numbers[place, default: []].insert(point.number) }
      }
    }
    return numbers
  }
}

extension Diagnostic.Message {
  /// Nobody reads more numbers at a time.
  private static let mostNumbers = 10

  fileprivate static func ofPoints(_ numbers: [Int], of count: Int, _ message: Self) -> Self {
    let named = numbers.prefix(mostNumbers).map(String.init).joined(separator: ", ")
    let more = numbers.count - mostNumbers
    let list = more > 0 ? "\(named) and \(more) more" : named
    let points = "point\(numbers.count == 1 ? "" : "s") \(list) of \(count)"
    return Self(
      "\(message.problem), in \(points)",
      remedy: "name only settings that go together: in a [sweep.NAME], list = [{ … }, { … }] has a"
        + " table for each point")
  }
}
