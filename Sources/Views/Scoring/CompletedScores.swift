import Formats
import Metrics
import Stages

/// Stored scores of a classifier with what follows from their counts.
///
/// That is the interval of each class's F1, and what always answering the commonest class scores. Other
/// scores are as they are stored.
struct CompletedScores {
  let json: JSONValue

  init(_ stored: JSONValue) {
    guard let entries = stored["classes"]?.arrayValue, let members = stored.objectValue else {
      json = stored
      return
    }
    let classes = zip(entries, ScoredClass.all(of: stored)).map(Self.completed)
    json = .object(
      members.map { $0.name == "classes" ? .init("classes", .array(classes)) : $0 }
        + Self.majority(stored))
  }

  private static func completed(_ entry: JSONValue, _ scored: ScoredClass) -> JSONValue {
    guard let interval = scored.interval, let members = entry.objectValue else { return entry }
    let ends: [JSONValue.Member] = [
      .init("f1-lower", .number(interval.lowerBound)),
      .init("f1-upper", .number(interval.upperBound)),
    ]
    let place = (members.firstIndex { $0.name == "f1" } ?? members.count - 1) + 1
    return .object(members.prefix(place) + ends + members.dropFirst(place))
  }

  private static func majority(_ stored: JSONValue) -> [JSONValue.Member] {
    let baselines = BaselineScores(stored)
    return Metric.ofClasses.compactMap { metric in
      let name = BaselineScores.majorityName(of: metric.name)
      guard stored[name] == nil, stored[metric.name] != nil else { return nil }
      return baselines.majority(metric.name).map { .init(name, .number($0)) }
    }
  }
}
