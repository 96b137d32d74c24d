import Datasets
import Diagnostics
import Formats
import Tensors
import Testing
import Training

/// A classifier as another program computes it: weights, a batch, what comes out, and its options.
struct GoldenCase {
  let file: SafetensorsFile
  let options: JSONValue

  init(_ file: SafetensorsFile) throws {
    self.file = file
    options = try JSONValue(parsing: try #require(file.metadata("case")), file: file.path)
  }

  /// What the case says of itself in words.
  var about: String { options["about"]?.stringValue ?? "" }

  var optimizer: JSONValue { options["optimiser"] ?? [:] }

  /// The extents of a parameter.
  func shape(_ name: String) throws -> [Int] {
    try #require(file["model.\(name)"], "\(file.path) has no \(name)").shape
  }

  /// How many parameters there are of these names, numbered from `first`.
  func count(from first: Int, _ name: (Int) -> String) -> Int {
    ((first...).first { file["model.\(name($0))"] == nil } ?? first) - first
  }

  func number(_ name: String) -> Double? {
    [name, name.split(separator: "_").joined(separator: "-")].lazy
      .compactMap { (options[$0] ?? optimizer[$0])?.doubleValue }.first
  }

  /// Where the case says that the padding is part of the rows, they are as long as the batch is wide.
  func batch() throws -> ClassificationBatch {
    let tokens: [Int32] = try file.values("input.tokens")
    let lengths: [Int32] = try file.values("input.lengths")
    let width = tokens.count / lengths.count
    return ClassificationBatch(
      tokens: tokens, width: width,
      lengths: about.contains("padded row") ? lengths.map { _ in Int32(width) } : lengths,
      labels: try file.values("input.labels"))
  }

  /// The update rule that the case names.
  func rule() throws -> any UpdateRule {
    func number(_ name: String, else standard: Double = 0) -> Double {
      optimizer[name]?.doubleValue ?? standard
    }
    let betas = optimizer["betas"]?.arrayValue?.compactMap(\.doubleValue) ?? []
    let decay = number("weight_decay")
    let name = try #require(optimizer["name"]?.stringValue)
    switch name {
    case "sgd": return SGD(momentum: number("momentum"), weightDecay: decay)
    case "nag": return NAG(momentum: number("momentum"), weightDecay: decay)
    case "adadelta":
      return Adadelta(
        rho: number("rho", else: 0.95), epsilon: number("eps", else: 1e-6), weightDecay: decay)
    case "adam", "adamw":
      return Adam(
        beta1: betas[0], beta2: betas[1], epsilon: number("eps"), weightDecay: decay,
        decouplesDecay: name == "adamw")
    default: throw Diagnostic(.init("no optimiser is named \(name)"))
    }
  }
}
