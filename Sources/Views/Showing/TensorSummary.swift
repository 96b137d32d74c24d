import Diagnostics
import Formats

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

  /// The cells after the name in a table of tensors.
  var cells: [String] {
    [
      entry.shape.map(String.init).joined(separator: " × "), Spelling.count(entry.count),
      Spelling.measure(Double(least)), Spelling.measure(mean), Spelling.measure(Double(most)),
      Spelling.measure(norm),
    ]
  }

  /// A warning after the name of a tensor with NaN or infinite values.
  var warning: String { brokenCount > 0 ? " (\(brokenCount) NaN or ∞)" : "" }
}
