import Formats
import Models
import Tensors
import Testing

/// The networks that other programs computed, by the beginnings of their files' names.
enum GoldenNetwork: String, CaseIterable {
  case lstm = "lstm-"
  case gru = "gru-"
  case attention = "attention-"
  case cnn = "cnn-"
  case mlp

  /// The model that a case describes, by its options and the shapes of its weights.
  func model(of golden: GoldenCase) throws -> any Classifier {
    let words = try golden.shape("embedding.weight")
    let classCount = try golden.shape("classes.weight")[0]
    let padding = golden.options["pad"]?.intValue ?? 0
    switch self {
    case .lstm, .gru, .attention:
      var configuration = LSTMClassifier.Configuration(
        vocabularySize: words[0], classCount: classCount)
      configuration.cell = golden.file["model.gru.weight_hh_l0"] == nil ? .lstm : .gru
      configuration.embeddingWidth = words[1]
      configuration.padding = padding
      let weight = "\(configuration.cell.rawValue).weight_hh_l"
      configuration.hiddenWidth = try golden.shape("\(weight)0")[1]
      configuration.isBidirectional = golden.file["model.\(weight)0_reverse"] != nil
      configuration.layerCount = golden.count(from: 0) { "\(weight)\($0)" }
      configuration.denseWidth = golden.file["model.dense.weight"]?.shape[0] ?? 0
      configuration.pooling = golden.file["model.query"] == nil ? .last : .attention
      return LSTMClassifier(configuration)
    case .cnn:
      var configuration = CNNClassifier.Configuration(
        vocabularySize: words[0], classCount: classCount)
      configuration.embeddingWidth = words[1]
      configuration.padding = padding
      let names = (0..<golden.count(from: 0) { "convolutions.\($0).weight" })
        .map { "convolutions.\($0).weight" }
      configuration.filterWidths = try names.map { try golden.shape($0)[2] }
      configuration.mapCount = try golden.shape(names[0])[0]
      configuration.isMultichannel = golden.file["model.static.weight"] != nil
      configuration.largestNorm = golden.number("max_norm").map { Float($0) }
      return CNNClassifier(configuration)
    case .mlp:
      var configuration = MLP.Configuration(vocabularySize: words[0], classCount: classCount)
      configuration.embeddingWidth = words[1]
      configuration.padding = padding
      configuration.hiddenWidths = try (0..<golden.count(from: 1) { "hidden\($0).weight" })
        .map { try golden.shape("hidden\($0 + 1).weight")[0] }
      let activation =
        golden.options["activation"]?.stringValue
        ?? golden.about.split { !$0.isLetter }.map { $0.lowercased() }
        .first { ActivationFunction(rawValue: $0) != nil }
      configuration.activation = try #require(
        activation.flatMap(ActivationFunction.init), "\(golden.file.path): \(golden.about)")
      return MLP(configuration)
    }
  }
}
