import Pipelines
import Testing

/// What a run must do with each stage of a toy pipeline, by the stage's place.
struct RunExpectation {
  var states: [String] = []
  var identities: [Int: ToyPipeline.Identity] = [:]
  /// The stages that are told to fail.
  var failing: Set<Int> = []
  /// Whether neither the stage nor any before it has anything to do.
  var isCached: [Bool] = []
  /// The stages that have a record and may run again, for the bytes that a stage which runs reads.
  var madeAgain: Set<Int> = []
  /// The stages whose record names a damaged object: they run, unless another gives the same bytes.
  var broken: Set<Int> = []
  /// Whether bytes are gone of a stage that has a record: a stage that may have to run may need them.
  var lacksBytes = false
  /// The contents that are gone and that a stage which runs reads.
  var wantedAgain: Set<String> = []
}

/// What a run did, beside what it must do.
struct RunComparison {
  private let expected: RunExpectation
  private let jobs: Int
  private let note: Comment
  /// How often each work ran.
  private(set) var ran: [ToyPipeline.Identity: Int] = [:]
  /// The works that had no record and must run, each once.
  private var due: Set<ToyPipeline.Identity> = []
  /// The works that may run because what they gave was damaged.
  private var broken: Set<ToyPipeline.Identity> = []

  init(_ expected: RunExpectation, jobs: Int, _ note: String) {
    self.expected = expected
    self.jobs = jobs
    self.note = Comment(rawValue: note)
  }

  mutating func compare(
    _ index: Int, _ found: StageReport, isSaidToBeCached: Bool
  ) {
    let state = found.outcome.name
    let identity = expected.identities[index]
    switch expected.states[index] {
    case "ran":
      // Of several stages with one key, one runs and the others find its record.
      #expect(["ran", "cached"].contains(state), note)
      guard let identity else { break }
      if expected.broken.contains(index) { broken.insert(identity) } else { due.insert(identity) }
    case "cached":
      #expect(state == "cached" || state == "ran" && expected.madeAgain.contains(index), note)
    case let wanted: #expect(state == wanted, note)
    }
    if state == "ran", let identity { ran[identity, default: 0] += 1 }
    // A status says that a stage is cached only of one that does not run.
    #expect(!isSaidToBeCached || state == "cached", note)
    if !expected.lacksBytes {
      #expect(isSaidToBeCached == expected.isCached[index], note)
    }
  }

  /// Compares how often works ran with the least that they must.
  func compareCounts() {
    #expect(ran.values.allSatisfy { $0 == 1 }, "work was done twice: \(note)")
    #expect(due.isSubset(of: ran.keys), "work was not done: \(note)")
    let again = ran.keys.filter { !due.contains($0) && !broken.contains($0) }
    for identity in again {
      #expect(
        identity.outputs.values.contains { expected.wantedAgain.contains($0) },
        "\(identity) was done again for nothing: \(note)")
    }
    // Side by side, two stages may each have their own input made again, and both have one content.
    #expect(jobs > 1 || again.count <= expected.wantedAgain.count, note)
  }
}
