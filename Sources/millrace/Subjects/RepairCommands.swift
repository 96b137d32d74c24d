import Artifacts
import Diagnostics
import Digests
import Pipelines
import Stages
import Sweeps

/// The commands that make damaged results again, and what is to be done about those that none makes.
struct RepairCommands {
  private(set) var remedies: [String] = []

  /// - Parameter arguments: those that the store was chosen by.
  init(_ results: [DamagedResult], _ arguments: ParsedArguments, in store: ArtifactStore) {
    var old = false
    var unread: [String] = []
    var plans = PresentPlans(store: store)
    var commands: [(words: [String], command: any Command.Type, stages: [String])] = []
    for result in results {
      guard let origin = result.origin else {
        old = true
        continue
      }
      let file = RelativePath.of(origin.definition, from: "")
      guard let isGiven = plans.give(result.key, as: origin) else {
        if !unread.contains(file) { unread.append(file) }
        continue
      }
      guard isGiven else {
        old = true
        continue
      }
      let (words, command): ([String], any Command.Type) =
        if origin.sweep != nil {
          (Self.words(ofSweep: origin, file), RunSweep.self)
        } else {
          ([file] + origin.settings.flatMap { ["--set", $0] }, RunPipeline.self)
        }
      let place =
        commands.firstIndex { $0.words == words && $0.command.name == command.name }
        ?? commands.endIndex
      if place == commands.endIndex { commands.append((words, command, [])) }
      let stage = origin.stage.base
      if !commands[place].stages.contains(stage) { commands[place].stages.append(stage) }
    }
    remedies = commands.map { words, command, stages in
      let isSweep = command.name == RunSweep.name
      let all = isSweep ? words : [words[0]] + stages + words.dropFirst()
      return "`\(arguments.next(command, all))` makes it again"
    }
    remedies += unread.map {
      "'\($0)', which made some, cannot be read now: look again when it can be"
    }
    if old {
      remedies.append(
        "results that no definition gives any more go with"
          + " `\(arguments.next(CollectGarbage.self, ["--runs", "0", "--older-than", "0s"]))`")
    }
  }

  private static func words(ofSweep origin: ResultOrigin, _ file: String) -> [String] {
    guard let variation = origin.variation else { return [file] + [origin.sweep ?? ""] }
    return [file] + variation.words
      + (variation.seeds.map { [ChosenSweep.seeds.name, $0] } ?? [])
      + (variation.best.map { [ChosenSweep.best.name, $0] } ?? [])
  }
}

/// Definitions as they are now, each looked at once with the same settings.
private struct PresentPlans {
  let store: ArtifactStore
  /// By definition and settings; nil for a definition that cannot be read any more.
  private var plans: [[String]: (plan: Plan, assessment: Assessment?)?] = [:]

  init(store: ArtifactStore) { self.store = store }

  /// Whether a definition still gives a result, as far as that can be known; nil where the definition
  /// cannot be read.
  mutating func give(_ key: Digest, as origin: ResultOrigin) -> Bool? {
    let question = [origin.definition] + origin.settings
    let found = plans[question] ?? Self.plan(of: origin, in: store)
    plans[question] = .some(found)
    guard let found else { return nil }
    // The points of a sweep are stages of other settings than the definition's.
    guard origin.sweep == nil else { return true }
    guard let stage = found.assessment?[origin.stage.base] else { return false }
    // The key of a stage is not known before those that it reads from have run.
    return stage.key.map { $0.digest == key } ?? true
  }

  private static func plan(
    of origin: ResultOrigin, in store: ArtifactStore
  ) -> (plan: Plan, assessment: Assessment?)? {
    let overlay = origin.settings.compactMap { try? GivenOverlay($0) }
    guard let bytes = try? DefinitionFile.contents(ofFile: origin.definition),
      case .plan(let plan) = Plan.read(
        bytes, file: origin.definition, overlay: overlay, catalog: .standard)
    else { return nil }
    return (plan, try? Assessment(of: plan, in: store))
  }
}
