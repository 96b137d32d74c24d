import Diagnostics
import Formats
import Reports

/// The tensors of one layer: those whose names differ only after the last dot.
struct LayerSummary: Sendable {
  /// `decoder.attention.0.in_projection`.
  let name: String
  private(set) var tensors: [TensorSummary]

  /// - Parameter tensors: sorted by name.
  static func layers(of tensors: [TensorSummary]) -> [LayerSummary] {
    tensors.reduce(into: []) { layers, tensor in
      let name = Self.layer(of: tensor.entry.name)
      if layers.last?.name == name {
        layers[layers.count - 1].tensors.append(tensor)
      } else {
        layers.append(LayerSummary(name: name, tensors: [tensor]))
      }
    }
  }

  private static func layer(of tensor: String) -> String {
    tensor.lastIndex(of: ".").map { String(tensor[..<$0]) } ?? tensor
  }

  var parameterCount: Int { tensors.reduce(0) { $0 + $1.entry.count } }

  /// The square root of the sum of squares.
  var norm: Double { tensors.reduce(0) { $0 + $1.norm * $1.norm }.squareRoot() }

  var json: JSONValue {
    [
      "name": .string(name), "parameters": .integer(parameterCount), "norm": .number(norm),
      "tensors": .array(tensors.map { .string($0.entry.name) }),
    ]
  }

  /// A line for each layer with its sum, and below it one for each of its tensors.
  static func table(_ layers: [LayerSummary]) -> TextTable {
    var table = TextTable([
      .text("layer, tensor"), .number("shape"), .number("numbers"), .number("least"),
      .number("mean"), .number("most"), .number("norm"),
    ])
    for layer in layers {
      if let tensor = layer.tensors.first, layer.tensors.count == 1 {
        table.append([tensor.entry.name + tensor.warning] + tensor.cells)
        continue
      }
      table.append([
        layer.name, "", Spelling.count(layer.parameterCount), "", "", "",
        Spelling.measure(layer.norm),
      ])
      for tensor in layer.tensors {
        let own = tensor.entry.name.dropFirst(layer.name.count + 1)
        table.append(["  \(own)\(tensor.warning)"] + tensor.cells)
      }
    }
    return table
  }
}
