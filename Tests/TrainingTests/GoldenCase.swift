import Diagnostics
import Formats
import Tensors
import Testing
import Training

/// The update rule that a golden case names.
func goldenRule(_ options: JSONValue) throws -> any UpdateRule {
  func number(_ name: String) -> Double { options[name]?.doubleValue ?? 0 }
  let betas = options["betas"]?.arrayValue?.compactMap(\.doubleValue) ?? []
  let name = try #require(options["name"]?.stringValue)
  switch name {
  case "sgd": return SGD(momentum: number("momentum"), weightDecay: number("weight_decay"))
  case "nag": return NAG(momentum: number("momentum"), weightDecay: number("weight_decay"))
  case "adam", "adamw":
    return Adam(
      beta1: betas[0], beta2: betas[1], epsilon: number("eps"),
      weightDecay: number("weight_decay"), decouplesDecay: name == "adamw")
  default: throw Diagnostic(.init("no optimiser is named \(name)"))
  }
}

/// Compares every parameter with a tensor of its name: 2·10⁻⁴ of the largest value is allowed.
func expectEqual(_ buffer: ParameterBuffer, _ file: SafetensorsFile, prefix: String) throws {
  for entry in buffer.layout.entries {
    let expected: [Float] = try file.values(prefix + entry.name)
    let found = buffer[entry]
    let largest = expected.reduce(0) { max($0, abs($1)) }
    let error = expected.indices.reduce(Float(0)) { max($0, abs(found[$1] - expected[$1])) }
    #expect(error <= 2e-4 * largest, "\(file.path): \(prefix)\(entry.name)")
  }
}
