/// What a stage was trained with, in words.
struct TrainingWords {
  private let stage: ReportedStage

  init(_ stage: ReportedStage) { self.stage = stage }

  /// The value of an option, as the key has it; nil where the model has no such option.
  private func value(_ name: String) -> String? { stage.keyValue(name) }

  /// One option after its name, unless it is what means that there is none.
  private func named(_ name: String, as words: String? = nil, unless off: String...) -> String? {
    value(name).flatMap { off.contains($0) ? nil : "\(words ?? name) \($0)" }
  }

  private func flag(_ name: String, _ words: String) -> String? {
    value(name) == "true" ? words : nil
  }

  /// The model and its size.
  private var model: [String?] {
    [
      value("model"), named("layers", unless: "1"), named("embedding"), named("hidden"),
      flag("bidirectional", "both directions"), named("pooling"), named("widths"), named("maps"),
      named("encoder-channels", as: "encoder"), named("decoder-channels", as: "decoder"),
      named("dropout", unless: "0.0"), named("ngrams", as: "n-grams"), named("penalty"),
      named("cost"),
    ]
  }

  private var learning: [String?] {
    let rate = value("learning-rate").map { rate in
      let schedule = value("schedule").map { $0 == "constant" ? ", held constant" : " by \($0)" }
      return "learning rate \(rate)\(schedule ?? "")"
    }
    return [
      value("optimizer"), rate,
      value("batch-size").map { "batches of \($0) rows" }
        ?? value("max-tokens").map { "batches of at most \($0) tokens" },
      named("clip-norm", as: "gradients clipped at", unless: "0.0"),
      named("weight-decay", as: "weight decay", unless: "0.0"),
      named("label-smoothing", as: "label smoothing", unless: "0.0"),
      named("class-weights", as: "class weights", unless: "none"),
    ]
  }

  private var ending: [String?] {
    [
      value("epochs").map { "at most \($0) epochs" }, value("watch").map { "watching \($0)" },
      named("patience"), named("average", as: "averaging", unless: "none"), named("seed"),
    ]
  }

  /// All of it, such as `cnn, embedding 64; adam, learning rate 0.002; at most 8 epochs, seed 7`.
  var sentence: String {
    [model, learning, ending].map { $0.compactMap(\.self).joined(separator: ", ") }
      .filter { !$0.isEmpty }.joined(separator: "; ") + "."
  }
}
