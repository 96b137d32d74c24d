import Artifacts
import Diagnostics
import Formats

/// What a person asked for with a run, beside its plan: kept in the journal, so that it is found again.
package struct RunRequest: Sendable {
  /// What the run is called; nil unless it was given a name.
  package let name: String?
  /// How a sweep was written on the command line; nil for one of the definition's and for a run.
  package let variation: WrittenVariation?
  /// Whether it goes on with a detached run, which has a journal of its end alone.
  let goesOn: Bool
  /// What the run was asked; nil where it is not to be remembered that there was nothing to do.
  let question: RunQuestion?

  package init(
    name: String? = nil, variation: WrittenVariation? = nil, goesOn: Bool = false,
    question: RunQuestion? = nil
  ) {
    self.name = name
    self.variation = variation
    self.goesOn = goesOn
    self.question = question
  }

  /// As members of the journal's first event.
  var members: [JSONValue.Member] {
    (name.map { [JSONValue.Member("name", .string($0))] } ?? [])
      + (variation.map { [JSONValue.Member("variation", $0.json)] } ?? [])
  }
}

/// A sweep as words of a command line: `train.hidden=32,64`, how many seeds, what makes a point best.
package struct WrittenVariation: Hashable, Sendable {
  package let words: [String]
  package let seeds: String?
  package let best: String?

  package init(words: [String], seeds: String?, best: String?) {
    self.words = words
    self.seeds = seeds
    self.best = best
  }

  /// Reads what a journal holds; nil for anything else.
  package init?(_ json: JSONValue?) {
    guard let words = json?["words"]?.arrayValue?.compactMap(\.stringValue) else { return nil }
    self.init(
      words: words, seeds: json?["seeds"]?.stringValue, best: json?["best"]?.stringValue)
  }

  fileprivate var json: JSONValue {
    .object(
      [.init("words", .array(words.map { .string($0) }))]
        + (seeds.map { [.init("seeds", .string($0))] } ?? [])
        + (best.map { [.init("best", .string($0))] } ?? []))
  }
}
