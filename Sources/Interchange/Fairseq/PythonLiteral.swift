/// A Python literal of numbers, Booleans, lists and tuples, as in fairseq's options.
///
/// Lists may be repeated and joined: `[(512, 3)] * 9 + [(1024, 3)] * 4`. Nothing else is computed.
enum PythonLiteral: Hashable, Sendable {
  case integer(Int)
  case truth(Bool)
  /// A list or a tuple.
  case list([PythonLiteral])

  /// The most elements that repeating may give.
  private static let limit = 10_000
  /// How many lists may hold one another: what keeps the call stack bounded.
  private static let maximumDepth = 16

  /// Reads a whole text; nil when it is anything else, or lists are nested too deep.
  init?(_ text: String) {
    var rest = text[...]
    guard let value = Self.sum(&rest, depth: 0), rest.allSatisfy(\.isWhitespace) else { return nil }
    self = value
  }

  var integerValue: Int? { if case .integer(let value) = self { value } else { nil } }
  var truthValue: Bool? { if case .truth(let value) = self { value } else { nil } }
  var listValue: [PythonLiteral]? { if case .list(let values) = self { values } else { nil } }

  /// Reads `term + term + …`.
  private static func sum(_ text: inout Substring, depth: Int) -> PythonLiteral? {
    guard var value = product(&text, depth: depth) else { return nil }
    while take("+", from: &text) {
      guard let left = value.listValue, let right = product(&text, depth: depth)?.listValue,
        left.count + right.count <= limit
      else { return nil }
      value = .list(left + right)
    }
    return value
  }

  /// Reads `value * count`.
  private static func product(_ text: inout Substring, depth: Int) -> PythonLiteral? {
    guard var value = atom(&text, depth: depth) else { return nil }
    while take("*", from: &text) {
      guard let list = value.listValue, let count = atom(&text, depth: depth)?.integerValue,
        (0...limit).contains(count), count == 0 || list.count <= limit / count
      else { return nil }
      value = .list((0..<count).flatMap { _ in list })
    }
    return value
  }

  private static func atom(_ text: inout Substring, depth: Int) -> PythonLiteral? {
    if take("[", from: &text) {
      return elements(until: "]", &text, depth: depth + 1).map(Self.list)
    }
    if take("(", from: &text) {
      return elements(until: ")", &text, depth: depth + 1).map(Self.list)
    }
    if take("True", from: &text) { return .truth(true) }
    if take("False", from: &text) { return .truth(false) }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    text.removeFirst(digits.count)
    return Int(digits).map(Self.integer)
  }

  private static func elements(
    until end: String, _ text: inout Substring, depth: Int
  ) -> [PythonLiteral]? {
    guard depth <= maximumDepth else { return nil }
    var values: [PythonLiteral] = []
    while !take(end, from: &text) {
      if !values.isEmpty {
        guard take(",", from: &text) else { return nil }
        if take(end, from: &text) { break }
      }
      guard let value = sum(&text, depth: depth) else { return nil }
      values.append(value)
    }
    return values
  }

  /// Moves past white space and a token, when it is next.
  private static func take(_ token: String, from text: inout Substring) -> Bool {
    text = text.drop(while: \.isWhitespace)
    guard text.hasPrefix(token) else { return false }
    text = text.dropFirst(token.count)
    text = text.drop(while: \.isWhitespace)
    return true
  }
}
