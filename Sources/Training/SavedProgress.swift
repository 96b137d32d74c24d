import Formats
import Layers

/// The numbers of a training state besides its tensors, as JSON.
struct SavedProgress {
  var steps: Int
  var previousRate: Double
  var batch: Int
  var hasBest: Bool
  /// The epochs that are to be averaged.
  var keptEpochs: [Int]
  var sums: EpochSums
  var history: History

  var json: JSONValue {
    [
      "steps": .integer(steps),
      "previous-rate": .number(previousRate),
      "batch": .integer(batch),
      "has-best": .bool(hasBest),
      "kept-epochs": .array(keptEpochs.map { .integer($0) }),
      "sums": [
        "loss": .number(sums.loss.sum),
        "weight": .number(sums.loss.weight),
        "gradient-norm": .number(sums.gradientNorm),
        "rate": .number(sums.rate),
        "steps": .integer(sums.steps),
        "rows": .integer(sums.rows),
        "tokens": .integer(sums.tokens),
      ],
      "history": history.json,
    ]
  }
}

extension SavedProgress {
  /// Nil when it is not what `json` gives.
  init?(json: JSONValue) {
    guard let steps = json["steps"]?.intValue, let batch = json["batch"]?.intValue,
      let previousRate = json["previous-rate"]?.doubleValue,
      let hasBest = json["has-best"]?.boolValue,
      let keptEpochs = json["kept-epochs"]?.arrayValue?.compactMap(\.intValue),
      Set(keptEpochs).count == keptEpochs.count, steps >= 0, batch >= 0,
      let sums = json["sums"].flatMap(EpochSums.init), let list = json["history"],
      let history = History(json: list)
    else { return nil }
    self.init(
      steps: steps, previousRate: previousRate, batch: batch, hasBest: hasBest,
      keptEpochs: keptEpochs, sums: sums, history: history)
  }
}

extension EpochSums {
  fileprivate init?(_ json: JSONValue) {
    guard let loss = json["loss"]?.doubleValue, let weight = json["weight"]?.doubleValue,
      let norm = json["gradient-norm"]?.doubleValue, let rate = json["rate"]?.doubleValue,
      let steps = json["steps"]?.intValue, let rows = json["rows"]?.intValue,
      let tokens = json["tokens"]?.intValue
    else { return nil }
    self.init()
    self.loss = Loss(sum: loss, weight: weight)
    gradientNorm = norm
    self.rate = rate
    (self.steps, self.rows, self.tokens) = (steps, rows, tokens)
  }
}
