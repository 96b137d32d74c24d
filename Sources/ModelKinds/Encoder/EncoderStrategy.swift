import Diagnostics
import Models
import Pipelines
import Tensors
import Training

/// Which parameters of an encoder fine-tuning moves, when, and how far.
enum EncoderStrategy: Hashable, Sendable {
  /// All of them.
  case full
  /// What comes after the encoder.
  case head
  /// So many of the highest layers, and the head.
  case last(layers: Int)
  /// The head, then so many more layers in each epoch, from the top down (Howard and Ruder 2018).
  case gradual(layersPerEpoch: Int)
  /// Small matrices beside weights that stay, and the head (Hu et al. 2021).
  case lora(Encoder.LowRankAdapters)

  /// The strategies by their names in a definition.
  private enum Name: String, CaseIterable {
    case full, head, last, gradual, lora
  }

  /// The adapters that the network has for it.
  var adapters: Encoder.LowRankAdapters? {
    if case .lora(let adapters) = self { adapters } else { nil }
  }

  /// The rate that suits it: what is drawn and small learns faster than what is trained and large.
  var learningRate: Double {
    switch self {
    case .full, .last, .gradual: 1e-4
    case .head, .lora: 1e-3
    }
  }

  /// The rates of the parameters that do not learn as the head does.
  ///
  /// - Parameter layerRate: what the rate of each layer is multiplied by to give that of the next one
  ///   below (Sun et al. 2019); the highest has the head's.
  func rates(in encoder: Encoder, layerRate: Double) -> [ParameterRate] {
    let top = encoder.configuration.layerCount
    return encoder.layout.entries.compactMap { entry in
      let depth = encoder.depth(of: entry.name)
      guard depth <= top, !Encoder.isAdapter(entry.name) else { return nil }
      let factor = (depth..<top).reduce(1) { product, _ in product * layerRate }
      return switch self {
      case .full: ParameterRate(entry.name, factor: factor)
      case .head, .lora: ParameterRate(entry.name, factor: 0)
      case .last(let layers):
        ParameterRate(entry.name, factor: depth > top - layers ? factor : 0)
      case .gradual(let layers):
        ParameterRate(entry.name, factor: factor, firstEpoch: (top - depth) / layers + 1)
      }
    }
  }
}

extension EncoderStrategy {
  /// Declares and reads the strategy and the options that belong to it.
  ///
  /// - Returns: besides, the rate of a layer by that of the one above.
  static func read(from options: inout StageOptions) -> (strategy: Self, layerRate: Double) {
    let name = options.choice(
      "strategy", default: Name.full,
      "what learns: full, every weight; head, the classes on an encoder that stays; last, the highest"
        + " layers too; gradual, more layers from the top in each epoch; lora, small matrices beside"
        + " weights that stay")
    func isOneOf(_ fitting: Name...) -> OptionCondition {
      OptionCondition("strategy", name, isOneOf: fitting)
    }
    let layers = options.under(isOneOf(.last)) {
      $0.integer("last-layers", default: 2, in: 1...1024, "for last: how many layers")
    }
    let perEpoch = options.under(isOneOf(.gradual)) {
      $0.integer(
        "layers-per-epoch", default: 1, in: 1...1024,
        "for gradual: how many more layers learn from each epoch to the next; the first has none")
    }
    let adapters = options.under(isOneOf(.lora)) { Self.adapters(from: &$0) }
    let layerRate = options.under(isOneOf(.full, .last, .gradual)) {
      $0.number(
        "layer-rate", default: 1, in: .from(0, through: 1),
        "for full, last and gradual: what each layer's rate is multiplied by for the one below; 0.95"
          + " lets the lower ones learn less")
    }
    let strategy: Self =
      switch name {
      case .full: .full
      case .head: .head
      case .last: .last(layers: layers)
      case .gradual: .gradual(layersPerEpoch: perEpoch)
      case .lora: .lora(adapters)
      }
    return (strategy, layerRate)
  }

  private static func adapters(from options: inout StageOptions) -> Encoder.LowRankAdapters {
    var adapters = Encoder.LowRankAdapters()
    adapters.rank = options.integer(
      "rank", default: adapters.rank, in: Encoder.LowRankAdapters.rankRange,
      "for lora: how wide the small matrices are")
    adapters.alpha = options.float(
      "alpha", default: Double(adapters.alpha), in: .positive,
      "for lora: alpha / rank is what their product is multiplied by")
    let names = options.texts(
      "adapted", default: ["query", "value"],
      "for lora: the parts of each layer that have them, of "
        + Encoder.Projection.names.joined(separator: ", "))
    let projections = names.compactMap(Encoder.Projection.init)
    if projections.isEmpty || projections.count < names.count {
      options.reject("adapted", .unknownProjection(names))
    } else {
      adapters.projections = Set(projections)
    }
    return adapters
  }
}

extension Encoder.LowRankAdapters {
  static let rankRange = 1...1024
}

extension Encoder.Projection {
  static let names = allCases.map { $0.rawValue }
}

extension Diagnostic.Message {
  fileprivate static func unknownProjection(_ names: [String]) -> Self {
    let known = Encoder.Projection.names
    let remedy = "name some of \(known.joined(separator: ", "))"
    guard let unknown = names.first(where: { !known.contains($0) }) else {
      return Self("adapted names no part of a layer", remedy: remedy)
    }
    return Self(
      "a layer has no part '\(unknown)'\(Suggestion.ending(for: unknown, among: known))",
      remedy: remedy)
  }
}
