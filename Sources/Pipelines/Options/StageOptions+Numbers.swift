import Diagnostics
import TOML

extension StageOptions {
  /// Reads a whole number.
  ///
  /// - Parameter isKeyed: false for options that cannot change what is written, such as intervals.
  package mutating func integer(
    _ name: String, default standard: Int?, in range: ClosedRange<Int>, isKeyed: Bool = true,
    _ meaning: String
  ) -> Int {
    let option = declare(
      name, .integer(range), Self.expectation(of: range), default: standard.map(String.init),
      meaning)
    let value =
      option.flatMap { integer(in: $0.node, of: $0, named: name, range) }
      ?? standard ?? range.lowerBound
    if isKeyed {
      appendKeyLine(name, .integer(value), default: standard.map { .integer($0) }, option)
    }
    return value
  }

  /// Reads a whole number that may be left out.
  package mutating func optionalInteger(
    _ name: String, in range: ClosedRange<Int>, unset: String, _ meaning: String
  ) -> Int? {
    let option = declare(
      name, .integer(range), Self.expectation(of: range), default: unset, meaning)
    let value = option.flatMap { integer(in: $0.node, of: $0, named: name, range) }
    if let value { appendKeyLine(name, .integer(value), default: nil, option) }
    return value
  }

  /// Reads the one option whose smaller values are steps on the way to larger ones.
  package mutating func extent(
    _ name: String, default standard: Int, in range: ClosedRange<Int>, isPrefixed: Bool,
    _ meaning: String
  ) -> Int {
    let option = declare(
      name, .integer(range), Self.expectation(of: range), default: "\(standard)", meaning)
    let value = option.flatMap { integer(in: $0.node, of: $0, named: name, range) } ?? standard
    appendKeyLine(name, isPrefixed ? .extent(value) : .option(.integer(value)), option)
    return value
  }

  /// Reads a number.
  ///
  /// - Parameter precision: how exactly it is used; the range holds for what it is rounded to.
  package mutating func number(
    _ name: String, default standard: Double?, in range: NumberRange,
    usedIn precision: NumberPrecision = .double, isKeyed: Bool = true, _ meaning: String
  ) -> Double {
    let option = declare(
      name, .number(range), Self.expectation(of: range), default: standard.map { "\($0)" }, meaning)
    let value =
      option.flatMap { number(in: $0.node, of: $0, named: name, range, precision) } ?? standard ?? 0
    if isKeyed {
      appendKeyLine(name, .number(value), default: standard.map { .number($0) }, option)
    }
    return value
  }

  /// Reads a number and rounds it to single precision.
  package mutating func float(
    _ name: String, default standard: Double, in range: NumberRange, isKeyed: Bool = true,
    _ meaning: String
  ) -> Float {
    Float(
      number(name, default: standard, in: range, usedIn: .single, isKeyed: isKeyed, meaning))
  }

  /// Reads the seed of a stage that draws random numbers; the pipeline's own unless given.
  ///
  /// - Parameter isKeyed: false when the other options leave nothing to chance.
  package mutating func seed(isKeyed: Bool = true) -> UInt64 {
    let option = declare(
      "seed", .integer(0...Int.max), "whole number from 0", default: "the pipeline's seed",
      "where the stage's random numbers start")
    let given = option.flatMap { integer(in: $0.node, of: $0, named: "seed", 0...Int.max) }
    let value = given.map(UInt64.init) ?? pipelineSeed
    if isKeyed { appendKeyLine("seed", .integer(Int(clamping: value)), default: nil, option) }
    return value
  }

  static func expectation(of range: ClosedRange<Int>) -> String {
    range.upperBound == Int.max
      ? "whole number from \(range.lowerBound)"
      : "whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  static func expectation(of range: NumberRange) -> String {
    range == .any ? "number" : "number \(range)"
  }

  mutating func integer(
    in node: TOMLNode, of option: GivenOption, named name: String, _ range: ClosedRange<Int>
  ) -> Int? {
    let value: Int
    switch node.value {
    case .integer(let given): value = Int(given)
    case .float(let given) where Int(exactly: given) != nil: value = Int(exactly: given) ?? 0
    default:
      report(
        .wrongType(name, wanted: "a \(Self.expectation(of: range))", node.value), at: node,
        of: option)
      return nil
    }
    guard range.contains(value) else {
      report(.outOfRange(name, wanted: "a \(Self.expectation(of: range))"), at: node, of: option)
      return nil
    }
    return value
  }

  mutating func number(
    in node: TOMLNode, of option: GivenOption, named name: String, _ range: NumberRange,
    _ precision: NumberPrecision
  ) -> Double? {
    let value: Double
    switch node.value {
    case .integer(let given): value = Double(given)
    case .float(let given): value = given
    default:
      report(
        .wrongType(name, wanted: "a \(Self.expectation(of: range))", node.value), at: node,
        of: option)
      return nil
    }
    let wanted = "a \(Self.expectation(of: range))"
    guard range.contains(value) else {
      report(.outOfRange(name, wanted: wanted), at: node, of: option)
      return nil
    }
    let used = precision.rounded(value)
    guard range.contains(used) else {
      report(.roundsOutOfRange(name, to: used, wanted: wanted), at: node, of: option)
      return nil
    }
    return value
  }
}

extension Diagnostic.Message {
  static func outOfRange(_ name: String, wanted: String) -> Self {
    Self("\(name) is out of range", remedy: "give \(wanted)")
  }

  static func roundsOutOfRange(_ name: String, to used: Double, wanted: String) -> Self {
    Self(
      "\(name) is used in single precision, where this number is \(NumberRange.spelling(of: used))",
      remedy: "give \(wanted), with fewer digits or a smaller exponent")
  }
}
