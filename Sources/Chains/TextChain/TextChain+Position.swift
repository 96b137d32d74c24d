import Diagnostics
import Pipelines

/// How many steps of a model's chain a text has been through.
extension TextChain {
  /// The number of the chain's steps that a text has been through, given the steps it has been through.
  ///
  /// - Throws: at the first step that is not the chain's.
  package func position(after taken: [Step], of rows: String, model: String) throws(Diagnostic)
    -> Int
  {
    for (place, step) in taken.enumerated() {
      guard place < steps.count else {
        throw Diagnostic(.stepTooMany(step.kind, rows, model))
      }
      if let difference = step.difference(from: steps[place]) {
        throw Diagnostic(.otherStep(place + 1, step.kind, difference, rows, model))
      }
    }
    return taken.count
  }

  /// The first step that cuts tokens into pieces; the end of the chain when none does.
  package var wordEnd: Int { steps.firstIndex { $0.type is any CutsTokens.Type } ?? steps.count }

  /// The mark at the end of a piece that the next one continues; nil when tokens are whole words.
  package var separator: String? {
    guard wordEnd < steps.count else { return nil }
    return (steps[wordEnd].recalled as? any CutsTokens)?.separator
  }

  /// Whether two chains have equal steps and vocabularies.
  package func agrees(with other: TextChain) -> Bool {
    vocabulary == other.vocabulary && steps.count == other.steps.count
      && zip(steps, other.steps).allSatisfy { $0.difference(from: $1) == nil }
  }
}

extension TextChain.Step {
  /// The difference from another step, in words; nil when there is none.
  ///
  /// The names of columns make no difference.
  fileprivate func difference(from other: Self) -> String? {
    guard kind == other.kind, version == other.version else {
      return "the model's is \(other.kind) \(other.version)"
    }
    let own = Dictionary(options.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    let others = Dictionary(other.options.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    for name in Set(own.keys).union(others.keys).sorted()
    where name != "columns" && own[name] != others[name] {
      let (here, there) = (own[name]?.spelling ?? "unset", others[name]?.spelling ?? "unset")
      return "\(name) is \(here), the model's is \(there)"
    }
    let resourceNames = Set(resources.map(\.name)).union(other.resources.map(\.name))
    return resourceNames.sorted().first { name in
      resources.first { $0.name == name }?.bytes != other.resources.first { $0.name == name }?.bytes
    }.map { "its \($0) are not the model's" }
  }
}

extension Diagnostic.Message {
  private static let textRemedy =
    "take the text as it was before that stage, or set raw = true to take it as it is"

  fileprivate static func otherStep(
    _ place: Int, _ kind: String, _ difference: String, _ rows: String, _ model: String
  ) -> Self {
    Self(
      "'\(rows)' is not prepared as '\(model)' prepares text: in step \(place), \(kind), \(difference)",
      remedy: textRemedy)
  }

  fileprivate static func stepTooMany(_ kind: String, _ rows: String, _ model: String) -> Self {
    Self(
      "'\(rows)' went through \(kind), but '\(model)' has no step left for that",
      remedy: textRemedy)
  }
}
