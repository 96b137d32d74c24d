/// What a word of a command line names; completion offers what there is of it.
enum WordKind: Sendable {
  /// A file or a folder.
  case file
  /// A stage of the definition.
  case stage
  /// A stage that makes a model.
  case modelStage
  /// A stage, or one of its outputs: `split.train`.
  case artifact
  /// An option of a stage and its value: `train.hidden=32`.
  case setting
  /// A sweep of the definition.
  case sweep
  /// A point of a sweep: `best`, `grid.3`.
  case point
  /// A score that points are ranked by: `evaluate.accuracy`.
  case score
  /// What a sweep's table is sorted by.
  case tableColumn
  /// A run that left a journal, or `last`.
  case run
  case pin
  case stageKind
  /// A column of a file of data.
  case column
  /// One of a few words.
  case choice([String])
}

/// What the words behind a verb name, in their order.
struct WordPlaces: Sendable {
  /// Several where a place may be taken by one or the other.
  let first: [[WordKind]]
  /// The words behind those; none where no more are taken.
  let rest: [WordKind]

  init(_ first: [WordKind]..., rest: [WordKind] = []) {
    self.first = first
    self.rest = rest
  }

  subscript(place: Int) -> [WordKind] { first.indices.contains(place) ? first[place] : rest }
}
