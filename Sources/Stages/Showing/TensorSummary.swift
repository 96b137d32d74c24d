import Artifacts
import Diagnostics
import Reports

/// The range and size of one tensor's numbers.
struct TensorSummary: Sendable {
  let entry: TensorEntry
  let least: Float
  let most: Float
  let mean: Double
  /// The square root of the sum of squares.
  let norm: Double
  /// Values that are infinite or no number.
  let brokenCount: Int

  init(_ entry: TensorEntry, in file: SafetensorsFile) throws(Diagnostic) {
    self.entry = entry
    (least, most, mean, norm, brokenCount) = try file.withValues(entry.name, of: Float.self) {
      values in
      var (least, most) = (Float.infinity, -Float.infinity)
      var (sum, squares, broken) = (0.0, 0.0, 0)
      for index in values.indices {
        let value = values[index]
        guard value.isFinite else {
          broken += 1
          continue
        }
        least = min(least, value)
        most = max(most, value)
        sum += Double(value)
        squares += Double(value) * Double(value)
      }
      let count = values.count - broken
      return count == 0
        ? (0, 0, 0, 0, broken)
        : (least, most, sum / Double(count), squares.squareRoot(), broken)
    }
  }

  var json: JSONValue {
    [
      "name": .string(entry.name), "shape": .array(entry.shape.map { .integer($0) }),
      "least": .number(Double(least)), "mean": .number(mean), "most": .number(Double(most)),
      "norm": .number(norm), "broken": .integer(brokenCount),
    ]
  }

  /// A line for each tensor.
  static func table(_ tensors: [TensorSummary]) -> TextTable {
    var table = TextTable([
      .text("tensor"), .number("shape"), .number("numbers"), .number("least"), .number("mean"),
      .number("most"), .number("norm"),
    ])
    for tensor in tensors {
      let broken = tensor.brokenCount > 0 ? " (\(tensor.brokenCount) NaN or ∞)" : ""
      table.append([
        tensor.entry.name + broken,
        tensor.entry.shape.map(String.init).joined(separator: " × "),
        Spelling.count(tensor.entry.count), Spelling.measure(Double(tensor.least)),
        Spelling.measure(tensor.mean), Spelling.measure(Double(tensor.most)),
        Spelling.measure(tensor.norm),
      ])
    }
    return table
  }
}
