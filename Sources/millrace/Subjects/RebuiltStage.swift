import Artifacts
import Diagnostics
import Digests
import Formats
import Pipelines

/// A stage that was computed again, and how what it gave compares with what is stored.
struct RebuiltStage {
  let definition: String
  let stage: String
  let outcome: RebuildOutcome
  let seconds: Double

  /// One line for each thing to be said.
  ///
  /// - Parameter store: where the tensors are that a place is told by.
  func lines(in store: ArtifactStore) -> [String] {
    switch outcome {
    case .same: ["the same   \(stage)   \(Spelling.duration(seconds))"]
    case .different(let differences):
      differences.map { "DIFFERENT  \(stage).\($0.recorded.port): \($0.text(in: store))" }
    case .unrecorded: ["no result  \(stage)"]
    case .failed(let problem): ["failed     \(stage): \(problem)"]
    case .stopped: []
    }
  }

  /// As `verify --json` has it.
  func json(in store: ArtifactStore) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("definition", .string(definition)), .init("stage", .string(stage)),
      .init("state", .string(state)), .init("seconds", .milliseconds(of: seconds)),
    ]
    switch outcome {
    case .different(let differences):
      members.append(.init("outputs", .array(differences.map { $0.json(in: store) })))
    case .failed(let problem): members.append(.init("problem", .string("\(problem)")))
    case .same, .unrecorded, .stopped: break
    }
    return .object(members)
  }

  static let states = ["same", "different", "unrecorded", "failed", "not-reached"]

  private var state: String {
    switch outcome {
    case .same: Self.states[0]
    case .different: Self.states[1]
    case .unrecorded: Self.states[2]
    case .failed: Self.states[3]
    case .stopped: Self.states[4]
    }
  }
}

extension OutputDifference {
  /// Where the bytes differ first: `line 17, byte 5 of it; b3:9d31… is recorded, …`.
  fileprivate func text(in store: ArtifactStore) -> String {
    guard let computed else { return "it is no longer given" }
    let digests = "recorded \(recorded.digest.short), now \(computed.digest.short)"
    guard let difference else {
      return "other bytes than the recorded ones, which are gone; \(digests)"
    }
    var places: [String] = []
    if let place = difference.place {
      places.append("line \(Spelling.count(place.line)), byte \(Spelling.count(place.byte)) of it")
    }
    if let tensor = tensor(in: store) {
      places.append("tensor '\(tensor.name)', element \(Spelling.count(tensor.element))")
    }
    places.append("byte \(Spelling.count(difference.offset + 1)) of \(sizes)")
    return "\(places.joined(separator: ", ")); \(digests)"
  }

  private var sizes: String {
    let (before, after) = (recorded.byteCount, computed?.byteCount ?? 0)
    return before == after
      ? Spelling.count(before) : "\(Spelling.count(before)), now of \(Spelling.count(after))"
  }

  /// The tensor that the first differing byte is of, and the place in it, counted from 0.
  ///
  /// Nil where the output holds no tensors, or the table of them differs.
  private func tensor(in store: ArtifactStore) -> (name: String, element: Int)? {
    guard let difference, difference.place == nil, let file = try? store.open(recorded.digest),
      let tensors = try? SafetensorsFile(file),
      let entry = tensors.entries.first(where: { $0.byteRange.contains(difference.offset) })
    else { return nil }
    let bytes = difference.offset - entry.byteRange.lowerBound
    return (entry.name, bytes / entry.elementType.byteCount)
  }

  fileprivate func json(in store: ArtifactStore) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("port", .string(recorded.port)), .init("recorded", .string("\(recorded.digest)")),
    ]
    if let computed { members.append(.init("computed", .string("\(computed.digest)"))) }
    if let difference {
      members.append(.init("byte", .integer(difference.offset + 1)))
      if let place = difference.place {
        members += [
          .init("line", .integer(place.line)), .init("byte-in-line", .integer(place.byte)),
        ]
      }
    }
    if let tensor = tensor(in: store) {
      members += [
        .init("tensor", .string(tensor.name)), .init("element", .integer(tensor.element)),
      ]
    }
    return .object(members)
  }
}
