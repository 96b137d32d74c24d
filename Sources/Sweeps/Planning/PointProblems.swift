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
    problems.map { problem in
      let concerned = numbers[problem] ?? []
      let having = points.filter { point in
        point.settings.contains { setting in
          let option = setting.option
          return option.source.place(of: option.node.range) == problem.place
        }
      }
      guard concerned.count < points.count, concerned != Set(having.map(\.number)) else {
        return problem
      }
      var told = problem
      told.message = .ofPoints(concerned.sorted(), of: points.count, problem.message)
      return told
    }
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
