import Formats
import TOML

/// A setting as an order holds it; a stage's name and an option's may be any text.
extension GivenOverlay {
  var order: JSONValue {
    .object(
      (stage.map { [.init("stage", .string($0))] } ?? []) + [
        .init("option", .string(option.name)), .init("value", .string(spelling)),
      ])
  }

  init?(_ order: JSONValue) {
    guard let option = order["option"]?.stringValue, let value = order["value"]?.stringValue else {
      return nil
    }
    let stage = order["stage"]?.stringValue
    let source = TOMLSource(
      text: "\(stage.map { "\($0)." } ?? "")\(option)=\(value)", file: "order")
    let range = SourceRange(line: 1, column: 1, length: 1)
    let given = (try? TOMLValue.parse(value, origin: source.file))?.value ?? .string(value)
    self.init(
      stage: stage, at: range,
      option: GivenOption(
        name: option, nameRange: range, node: TOMLNode(given, at: range), source: source))
  }
}
