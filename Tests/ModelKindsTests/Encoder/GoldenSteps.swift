import Formats
import Tensors
import Testing
import Training

/// The optimiser of a golden case, as its metadata describes it.
struct GoldenSteps {
  let rule: Adam
  let rate: Double
  /// The norm that longer gradients are shortened to.
  let limit: Double?
  let groups: ParameterGroups

  init(_ golden: SafetensorsFile, _ layout: ParameterLayout) throws {
    let described = try JSONValue(
      parsing: try #require(golden.metadata("case")), file: golden.path)["optimiser"]
    let members = try #require(described?.objectValue).map { (Self.plain($0.name), $0.value) }
    func value(_ names: String...) -> JSONValue? {
      members.first { names.contains($0.0) && $0.1 != .null }?.1
    }
    let name = value("name")?.stringValue ?? ""
    try #require(["adam", "adamw"].contains(name), "\(golden.path): \(name)")
    let betas = value("betas")?.arrayValue?.compactMap(\.doubleValue) ?? [0.9, 0.999]
    rule = Adam(
      beta1: betas[0], beta2: betas[1], epsilon: value("eps", "epsilon")?.doubleValue ?? 1e-8,
      weightDecay: value("weight decay")?.doubleValue ?? 0, decouplesDecay: name == "adamw",
      correctsBias: value("bias correction", "correct bias", "corrects bias")?.boolValue ?? true)
    rate = try #require(value("lr", "rate", "learning rate")?.doubleValue)
    limit = value("clip", "clip norm", "max grad norm")?.doubleValue
    let undecayed = value("no decay")?.stringValue?.lowercased() ?? ""
    let patterns =
      (undecayed.contains("bias") ? ["*.bias"] : [])
      + (undecayed.contains("norm") ? ["*LayerNorm*", "*layer_norm*"] : [])
    groups = try ParameterGroups(
      [],
      undecayed: patterns.map { NamePattern($0) }.filter { pattern in
        layout.entries.contains { pattern.matches($0.name) }
      }, in: layout)
  }

  /// `weight-decay` and `weight_decay` are `weight decay`.
  private static func plain(_ name: String) -> String {
    String(name.map { $0 == "-" || $0 == "_" ? " " : $0 })
  }
}
