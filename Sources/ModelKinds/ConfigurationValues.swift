import Formats
import Pipelines

// What configurations of models are read with.
extension JSONValue {
  /// A number that could be an extent of a model.
  package func size(_ name: String, from minimum: Int = 1) -> Int? {
    self[name]?.size(from: minimum)
  }

  package func size(from minimum: Int = 1) -> Int? {
    intValue.flatMap { (minimum...100_000_000).contains($0) ? $0 : nil }
  }

  /// A number from 0, below 1.
  package func share(_ name: String) -> Float? {
    self[name]?.doubleValue.flatMap(NumberRange.from(0, below: 1).single)
  }
}
