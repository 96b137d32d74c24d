import Diagnostics
import TOML

/// Finds the outputs of a stage by its name, planning that stage first if need be.
protocol ReferenceResolver {
  /// - Returns: nil when the stage itself could not be planned, which is reported elsewhere.
  /// - Throws: when there is no such stage, or the reference closes a circle.
  func outputs(of stage: String) throws(ReferenceProblem) -> [OutputReference]?
  /// What a planned stage reads by one of its own options; nil when it has no such input.
  func input(_ name: String, ofStage index: Int) -> StageInput?
  /// The kinds that give an artifact of one type from another, for remedies.
  func kinds(turning given: ArtifactType, into wanted: ArtifactType) -> [String]
  /// The kinds that give an artifact of a type, for remedies.
  func kinds(giving type: ArtifactType) -> [String]
}

/// Why a reference to a stage cannot be resolved.
package enum ReferenceProblem: Error {
  case unknownStage(among: [String])
  case circle([String])
}

extension StageOptions {
  /// Reads a reference to one artifact.
  package mutating func input(
    _ name: String, _ type: ArtifactType, _ meaning: String
  ) -> StageInput {
    optionalInput(name, type, unset: nil, meaning) ?? standIn(name, type)
  }

  /// Reads a reference to one artifact that may be left out.
  ///
  /// - Parameter unset: what happens then, for the help text; nil when it must be given.
  package mutating func optionalInput(
    _ name: String, _ type: ArtifactType, unset: String?, _ meaning: String
  ) -> StageInput? {
    guard
      let option = declare(
        name, .text, "reference to a \(type)", default: unset, referringTo: type, meaning),
      !isRecalling, let found = references(in: option.node, of: option, named: name, [type])
    else { return nil }
    guard found.count == 1, let source = found.first else {
      report(.severalOutputs(name, found), at: option.node, of: option)
      return nil
    }
    let input = StageInput(name: name, source: source)
    appendInput(input, option)
    return input
  }

  /// Reads, besides an input, what that was made from, which the definition need not name again.
  ///
  /// - Parameters:
  ///   - name: the line of the key.
  ///   - option: by which the stage that made the input reads it.
  /// - Returns: nil when that stage reads no artifact of the type by that option.
  package mutating func input(
    _ name: String, behind input: StageInput, _ option: String, _ type: ArtifactType
  ) -> StageInput? {
    guard let behind = resolver.input(option, ofStage: input.source.stage),
      behind.source.port.type == type
    else { return nil }
    let followed = StageInput(name: name, source: behind.source)
    appendInput(followed, nil)
    return followed
  }

  /// Reads a reference to one artifact, or to all parts of a split.
  package mutating func parts(_ name: String, _ type: ArtifactType, _ meaning: String) -> Parts {
    optionalParts(name, type, unset: isRecalling ? "" : nil, meaning)
      ?? Parts(inputs: [standIn(name, type)], areNamed: false)
  }

  /// Reads a reference to one artifact, or to all parts of a split, that may be left out.
  ///
  /// - Parameter unset: what happens then, for the help text; nil when it must be given.
  package mutating func optionalParts(
    _ name: String, _ type: ArtifactType, unset: String?, _ meaning: String
  ) -> Parts? {
    let expectation = "reference to a \(type), or to all parts of a split"
    guard
      let option = declare(
        name, .text, expectation, default: unset, referringTo: type, meaning), !isRecalling,
      let found = references(in: option.node, of: option, named: name, [type])
    else { return nil }
    let areNamed = found.count > 1
    let inputs = found.map { source in
      StageInput(name: areNamed ? "\(name).\(source.port.name)" : name, source: source)
    }
    for input in inputs { appendInput(input, option) }
    return Parts(inputs: inputs, areNamed: areNamed)
  }

  /// Reads references to several artifacts, in the order given.
  package mutating func inputs(
    _ name: String, _ type: ArtifactType, unset: String?, _ meaning: String
  ) -> [StageInput] {
    let expectation = "reference to a \(type), or a list of them"
    guard
      let option = declare(
        name, .list(of: .text), expectation, default: unset, referringTo: type, meaning)
    else { return [] }
    var inputs: [StageInput] = []
    for node in elements(of: option.node) {
      for source in references(in: node, of: option, named: name, [type]) ?? [] {
        inputs.append(StageInput(name: "\(name).\(inputs.count + 1)", source: source))
      }
    }
    for input in inputs { appendInput(input, option) }
    return inputs
  }

  /// The outputs of the wanted types that a reference names: `split.test`, or `split` for all.
  mutating func references(
    in node: TOMLNode, of option: GivenOption, named name: String, _ types: [ArtifactType]
  ) -> [OutputReference]? {
    guard let text = text(in: node, of: option, named: name) else { return nil }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let stage = String(parts[0])
    let outputs: [OutputReference]
    do throws(ReferenceProblem) {
      guard let found = try resolver.outputs(of: stage) else {
        leadsToProblem = true
        return nil
      }
      outputs = found
    } catch {
      report(.unresolved(stage, error), at: node, of: option)
      return nil
    }
    let named = parts.count > 1 ? outputs.filter { $0.port.name == parts[1] } : outputs
    if parts.count > 1, named.isEmpty {
      let ports = outputs.map(\.port.name)
      report(.unknownPort(String(parts[1]), stage, among: ports), at: node, of: option)
      return nil
    }
    let fitting = named.filter { types.contains($0.port.type) }
    guard !fitting.isEmpty else {
      let gives = named[0].port.type
      let message = Diagnostic.Message.wrongEdge(
        "\(header.name).\(name)", wants: types[0], text, gives: gives,
        between: resolver.kinds(turning: gives, into: types[0]),
        instead: resolver.kinds(giving: types[0]))
      report(message, at: node, of: option)
      return nil
    }
    return fitting
  }

  /// A stand-in for an input that could not be resolved; the stage will not be run.
  func standIn(_ name: String, _ type: ArtifactType) -> StageInput {
    let source = OutputReference(
      stage: -1, stageName: "", port: Port(type), isOneOfSeveral: false)
    return StageInput(name: name, source: source)
  }
}

extension Diagnostic.Message {
  package static func unresolved(_ stage: String, _ problem: ReferenceProblem) -> Self {
    switch problem {
    case .unknownStage(let names):
      Self(
        "there is no stage '\(stage)'\(Suggestion.ending(for: stage, among: names))",
        remedy: "the stages are \(names.joined(separator: ", "))")
    case .circle(let names):
      Self(
        "stages wait for each other in a circle: \(names.joined(separator: " → "))",
        remedy: "let one of them read from an earlier stage")
    }
  }

  static func unknownPort(_ port: String, _ stage: String, among ports: [String]) -> Self {
    Self(
      "'\(stage)' has no output '\(port)'\(Suggestion.ending(for: port, among: ports))",
      remedy: "its outputs are \(ports.joined(separator: ", "))")
  }

  static func wrongEdge(
    _ option: String, wants wanted: ArtifactType, _ reference: String, gives: ArtifactType,
    between bridges: [String], instead makers: [String]
  ) -> Self {
    let remedy: String? =
      if !bridges.isEmpty {
        "put a stage of kind \(bridges.joined(separator: " or ")) between them"
      } else if !makers.isEmpty {
        "read from a stage of kind \(makers.joined(separator: " or ")) instead"
      } else {
        nil
      }
    return Self(
      "\(option) wants a \(wanted), but '\(reference)' gives a \(gives)", remedy: remedy)
  }

  static func severalOutputs(_ option: String, _ found: [OutputReference]) -> Self {
    Self(
      "\(option) wants one artifact, but '\(found[0].stageName)' has several",
      remedy: "name one: " + found.map { "\"\($0)\"" }.joined(separator: ", "))
  }
}
