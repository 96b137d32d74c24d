import Diagnostics

/// The warnings about a definition: leakage between parts, unused stages, too little memory.
struct DefinitionWarnings {
  let definition: Definition
  let stages: [PlannedStage]

  /// What is allowed but probably not meant.
  var ofMeaning: [Diagnostic] {
    unused + learningFromHeldOut + learningBeforeSplit + scoringOnTraining + sameFileInParts
  }

  var ofMemory: [Diagnostic] {
    stages.compactMap { stage in
      let demands = stage.stage.memoryDemands(longestRow: longestRow)
      return demands.lazy.compactMap { $0.shortage() }.first.map { warning($0, stage.place) }
    }
  }

  /// The most tokens in a row of an input, where a stage on the way of the rows limits them.
  private func longestRow(of input: StageInput) -> Int? {
    var input = input
    while true {
      let (source, port) = (stages[input.source.stage].stage, input.source.port)
      if let longest = source.longestRow(of: port) { return longest }
      guard case .input(let before, _) = source.rows(of: port) else { return nil }
      input = before
    }
  }

  private var unused: [Diagnostic] {
    let used = Set(stages.flatMap(\.dependencies))
    return stages.compactMap { stage in
      guard !used.contains(stage.index), ![.scores, .answers].contains(stage.kind.role),
        stages.count > 1
      else {
        return nil
      }
      return warning(.unused(stage.name), stage.place)
    }
  }

  /// The names of parts that are for measuring only.
  private static let heldOut = Plan.validationParts.union([Plan.testPart, "eval"])

  private var learningFromHeldOut: [Diagnostic] {
    stages.compactMap { stage in
      guard let source = stage.learned else { return nil }
      let parts = held(by: source).sorted().filter { part in
        part.split(separator: ".").last.map { Self.heldOut.contains($0) } ?? false
      }
      return parts.isEmpty
        ? nil : warning(.learnsFromHeldOut(stage.name, parts), place(of: source, in: stage))
    }
  }

  private var learningBeforeSplit: [Diagnostic] {
    let splits = stages.filter { $0.kind.role == .divides }.map { ($0, ancestors(of: $0)) }
    return stages.compactMap { stage in
      guard let source = stage.learned, held(by: source).isEmpty,
        let (split, _) = splits.first(where: { $0.1.contains(source.source.stage) })
      else { return nil }
      return warning(
        .learnsBeforeSplit(stage.name, source.source.description, split.name),
        place(of: source, in: stage))
    }
  }

  private var scoringOnTraining: [Diagnostic] {
    stages.filter { $0.kind.role == .scores }.compactMap { stage in
      for model in stage.inputs {
        guard let learned = stages[model.source.stage].learned else { continue }
        for data in stage.inputs where data != model && stage.names(data) {
          let isSame = data.source == learned.source
          let shared = held(by: data).intersection(held(by: learned))
          if isSame || !shared.isEmpty {
            return warning(
              .scoresOnTraining(stage.name, data.source.description), place(of: data, in: stage))
          }
        }
      }
      return nil
    }
  }

  /// Splits of which one part is a whole table, while other parts are drawn from the same file.
  private var sameFileInParts: [Diagnostic] {
    let splits = stages.filter { $0.kind.role == .divides }
    guard splits.contains(where: { $0.inputs.count > 1 }) else { return [] }
    let files = FilesBehind(stages)
    let names = Set(splits.map(\.name))
    return splits.flatMap { stage -> [Diagnostic] in
      guard let drawn = stage.inputs.first else { return [] }
      let places = Dictionary(
        stage.keyLines.map { ($0.name, $0.place) }, uniquingKeysWith: { first, _ in first })
      return stage.inputs.dropFirst().compactMap { part in
        guard let first = files.common(to: part, and: drawn), !areApart(part, drawn, by: names)
        else { return nil }
        let place = (places[part.name] ?? nil) ?? stage.place
        return warning(.sameFile(part.name, first, drawn.source.description), place)
      }
    }
  }

  private func held(by input: StageInput) -> Set<String> {
    stages[input.source.stage].parts[input.source.port.name] ?? []
  }

  /// Whether two inputs are of different parts of one of the splits.
  private func areApart(_ a: StageInput, _ b: StageInput, by dividing: Set<String>) -> Bool {
    let (parts, others) = (held(by: a), held(by: b))
    guard !parts.isEmpty, !others.isEmpty, parts.isDisjoint(with: others) else { return false }
    func splits(_ parts: Set<String>) -> Set<String> {
      Set(parts.compactMap { $0.split(separator: ".").first.map(String.init) })
        .intersection(dividing)
    }
    return !splits(parts).isDisjoint(with: splits(others))
  }

  private func ancestors(of stage: PlannedStage) -> Set<Int> {
    var reached: Set<Int> = []
    var pending = stage.dependencies
    while let index = pending.popLast() {
      if reached.insert(index).inserted { pending += stages[index].dependencies }
    }
    return reached
  }

  private func place(of input: StageInput, in stage: PlannedStage) -> Place {
    stage.keyLines.first(where: { $0.name == input.name })?.place ?? stage.place
  }

  private func warning(_ message: Diagnostic.Message, _ place: Place) -> Diagnostic {
    Diagnostic(
      message, at: place, excerpt: definition.source.excerpt(at: place), severity: .warning)
  }
}

extension Diagnostic.Message {
  fileprivate static func unused(_ name: String) -> Self {
    Self("nothing uses the output of '\(name)'", remedy: "remove the stage, or refer to it")
  }

  fileprivate static func learnsFromHeldOut(_ stage: String, _ parts: [String]) -> Self {
    Self(
      "'\(stage)' learns from \(parts.joined(separator: " and ")), which is held out to measure on",
      remedy: "let it learn from the training part only")
  }

  fileprivate static func learnsBeforeSplit(
    _ stage: String, _ source: String, _ split: String
  ) -> Self {
    Self(
      "'\(stage)' learns from '\(source)', before '\(split)' sets parts aside: held-out rows leak in",
      remedy: "let it learn from \"\(split).train\"")
  }

  fileprivate static func sameFile(_ part: String, _ file: String, _ drawn: String) -> Self {
    Self(
      "'\(part)' comes from '\(file)', and so does '\(drawn)', which the other parts are drawn from",
      remedy: "name another file, or draw the part as a share")
  }

  fileprivate static func scoresOnTraining(_ stage: String, _ source: String) -> Self {
    Self(
      "'\(stage)' scores on '\(source)', which the model was trained on",
      remedy: "score on a part that was held out")
  }
}
