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
    let marks = Set(problems.map { Mark($0.place, $0.excerpt?.line) })
    let having = Self.numbers(having: marks, points)
    return problems.map { problem in
      let concerned = numbers[problem] ?? []
      let marked = having[Mark(problem.place, problem.excerpt?.line)] ?? []
      guard concerned.count < points.count, concerned != marked else { return problem }
      var told = problem
      told.message = .ofPoints(concerned.sorted(), of: points.count, problem.message)
      return told
    }
  }

  /// What a problem points at: all arguments of a command line have line 1, which tells them apart.
  private struct Mark: Hashable {
    let place: Place?
    let line: String?

    init(_ place: Place?, _ line: String?) { (self.place, self.line) = (place, line) }

    /// The line may be long, and nearly always follows from the place.
    func hash(into hasher: inout Hasher) { hasher.combine(place) }
  }

  /// The numbers of the points that take a value written at a mark, for each of the marks.
  private static func numbers(
    having marks: Set<Mark>, _ points: [SweepPoint]
  ) -> [Mark: Set<Int>] {
    let places = Set(marks.map(\.place))
    var numbers: [Mark: Set<Int>] = [:]
    for point in points {
      for option in point.settings.map(\.option) {
        let (source, range) = (option.source, option.node.range)
        let place = source.place(of: range)
        guard places.contains(place) else { continue }
        let mark = Mark(place, source.line(range.line))
        if marks.contains(mark) { numbers[mark, default: []].insert(point.number) }
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
