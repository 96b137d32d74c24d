import Diagnostics
import Formats
import Models
import Pipelines

/// Reads options as fairseq spells them: numbers and texts, lists often as Python in a text.
struct FairseqOptions {
  let json: JSONValue
  let path: String

  func text(_ name: String, default standard: String) throws(Diagnostic) -> String {
    guard let value = json[name] else { return standard }
    return try checked(value.stringValue, name, value, wanted: "a text")
  }

  /// A width: a positive number.
  func size(_ name: String, default standard: Int) throws(Diagnostic) -> Int {
    guard let value = json[name] else { return standard }
    let size = value.intValue.flatMap { (1...1_000_000).contains($0) ? $0 : nil }
    return try checked(size, name, value, wanted: "a positive number")
  }

  /// A number from 0, below 1.
  func share(_ name: String, default standard: Float) throws(Diagnostic) -> Float {
    guard let value = json[name] else { return standard }
    let share = value.doubleValue.flatMap(NumberRange.from(0, below: 1).single)
    return try checked(share, name, value, wanted: "a number from 0, below 1")
  }

  func truth(_ name: String) throws(Diagnostic) -> Bool {
    guard let value = json[name] else { return false }
    let truth = value.boolValue ?? literal(value)?.truthValue
    return try checked(truth, name, value, wanted: "true or false")
  }

  /// One Boolean for all layers, or a list with one for each.
  func truths(_ name: String, count: Int) throws(Diagnostic) -> [Bool] {
    let wanted = "True, False, or a list of \(count) of them"
    guard let value = json[name] else { return Array(repeating: true, count: count) }
    if let one = value.boolValue ?? literal(value)?.truthValue {
      return Array(repeating: one, count: count)
    }
    let list = literal(value)?.listValue?.compactMap(\.truthValue)
    return try checked(list?.count == count ? list : nil, name, value, wanted: wanted)
  }

  /// A list of `(channels, width)`; a third number says how far back the residual comes from.
  func layers(
    _ name: String, default standard: [ConvS2S.Convolution]
  ) throws(Diagnostic) -> [ConvS2S.Convolution] {
    guard let value = json[name] else { return standard }
    let wanted = "a list such as [(256, 3)] * 4, each residual from one layer before"
    let list = try checked(literal(value)?.listValue, name, value, wanted: wanted)
    var layers: [ConvS2S.Convolution] = []
    for layer in list {
      let numbers = layer.listValue?.compactMap(\.integerValue) ?? []
      let isLayer =
        (2...3).contains(numbers.count) && numbers.allSatisfy((1...1_000_000).contains)
        && (numbers.count < 3 || numbers[2] == 1)
      let convolution = isLayer ? ConvS2S.Convolution(numbers[0], width: numbers[1]) : nil
      layers.append(try checked(convolution, name, value, wanted: wanted))
    }
    return try checked(layers.isEmpty ? nil : layers, name, value, wanted: wanted)
  }

  /// A list or a Boolean, written as Python in a text or as JSON.
  private func literal(_ value: JSONValue) -> PythonLiteral? {
    PythonLiteral(value.stringValue ?? value.compact)
  }

  /// The parsed value of an option; throws when it could not be parsed.
  private func checked<Value>(
    _ read: Value?, _ name: String, _ value: JSONValue, wanted: String
  ) throws(Diagnostic) -> Value {
    if let read { return read }
    throw Diagnostic(
      Diagnostic.Message(
        "'\(path)' has \(name) = \(value.compact.prefix(80))", remedy: "give it \(wanted)"))
  }
}
