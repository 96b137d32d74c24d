/// One thing in which a run differs from the one before: an option, a file, or a whole stage.
package struct RunChange: Hashable, Sendable {
  package let stage: String
  /// The option or file; nil where the stage itself is new or gone.
  package let option: String?
  /// Nil where there was none.
  package let before: String?
  /// Nil where there is none any more.
  package let after: String?

  /// What differs by itself, not only because of what it read.
  static func all(from earlier: ComparedResult, to later: ComparedResult) -> [RunChange] {
    let names = later.stageNames + earlier.stageNames.filter { !later.stageNames.contains($0) }
    return names.flatMap { (name) -> [RunChange] in
      guard let difference = StageDifference(name, earlier, later), difference.isRoot else {
        return []
      }
      if earlier[name] == nil || later[name] == nil {
        let isNew = earlier[name] == nil
        return [
          RunChange(
            stage: name, option: nil, before: isNew ? nil : name, after: isNew ? name : nil)
        ]
      }
      return difference.options.map {
        RunChange(stage: name, option: $0.name, before: $0.a, after: $0.b)
      }
    }
  }

  /// `train.epochs 4 → 8`, `train.clip-norm 1 (not before)`, `clean is new`, `clean is gone`.
  package var words: String {
    guard let option else { return "\(stage) is \(after == nil ? "gone" : "new")" }
    let name = "\(stage).\(option)"
    return switch (before, after) {
    case (let before?, let after?): "\(name) \(before) → \(after)"
    case (nil, let after?): "\(name) \(after) (not before)"
    case (let before?, nil): "\(name) not given (before: \(before))"
    case (nil, nil): name
    }
  }
}
