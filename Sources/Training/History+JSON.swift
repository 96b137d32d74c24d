import Formats

extension History {
  /// A list with one object for each epoch, its scores in the order of their names.
  package var json: JSONValue { .array(epochs.map(\.json)) }

  /// Nil when it is not such a list.
  package init?(json: JSONValue) {
    guard let list = json.arrayValue else { return nil }
    var epochs: [EpochRecord] = []
    for value in list {
      guard let record = EpochRecord(json: value) else { return nil }
      epochs.append(record)
    }
    self.init(epochs: epochs)
  }
}

extension EpochRecord {
  fileprivate var json: JSONValue {
    [
      "epoch": .integer(epoch),
      "loss": .number(loss),
      "scores": .object(
        scores.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .number($0.value)) }),
      "learning-rate": .number(rate),
      "gradient-norm": .number(gradientNorm),
      "steps": .integer(steps),
      "rows": .integer(rows),
      "tokens": .integer(tokens),
    ]
  }

  fileprivate init?(json: JSONValue) {
    guard let epoch = json["epoch"]?.intValue, let loss = json["loss"]?.doubleValue,
      let scores = json["scores"]?.objectValue, let rate = json["learning-rate"]?.doubleValue,
      let norm = json["gradient-norm"]?.doubleValue, let steps = json["steps"]?.intValue,
      let rows = json["rows"]?.intValue, let tokens = json["tokens"]?.intValue
    else { return nil }
    var values: [String: Double] = [:]
    // JSON has no word for a score that is not a number, which is written as null.
    for score in scores { values[score.name] = score.value.doubleValue ?? .nan }
    self.init(
      epoch: epoch, loss: loss, scores: values, rate: rate, gradientNorm: norm, steps: steps,
      rows: rows, tokens: tokens)
  }
}
