/// What a word of a command line names; completion offers the existing names.
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
  /// A column that a sweep's table is sorted by.
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

/// What the words after a verb name, in their order.
struct WordPlaces: Sendable {
  /// For each place the kinds of words that are allowed there.
  let first: [[WordKind]]
  /// The kinds of all further words; empty when there may be no more.
  let rest: [WordKind]

  init(_ first: [WordKind]..., rest: [WordKind] = []) {
    self.first = first
    self.rest = rest
  }

  subscript(place: Int) -> [WordKind] { first.indices.contains(place) ? first[place] : rest }
}
