import Diagnostics
import Formats

/// The settings in a JSON file of an encoder's folder.
struct JSONFile {
  let path: String
  let value: JSONValue

  init(_ bytes: [UInt8], path: String) throws(Diagnostic) {
    self.path = path
    value = try JSONValue(parsing: bytes, file: path)
    guard value.objectValue != nil else { throw Diagnostic(.noObject, at: Place(file: path)) }
  }

  /// The setting behind a path of names, `model.type`; nil where it is missing or null.
  func setting(_ name: String) -> JSONValue? {
    let found = name.split(separator: ".").reduce(Optional(value)) { $0?[String($1)] }
    return found == .null ? nil : found
  }

  /// True or false; nil where it is left out.
  func flag(_ name: String) throws(Diagnostic) -> Bool? {
    guard let setting = setting(name) else { return nil }
    guard let flag = setting.boolValue else { throw refusal(of: name, setting, "true or false") }
    return flag
  }

  /// A whole number, however large; nil where it is left out.
  func count(_ name: String, atLeast least: Int) throws(Diagnostic) -> Int? {
    guard let setting = setting(name) else { return nil }
    guard let number = setting.doubleValue, number >= Double(least), number == number.rounded()
    else { throw refusal(of: name, setting, "a whole number from \(least) on") }
    return Int(exactly: number) ?? .max
  }

  /// Throws unless a setting is one of the values, or left out where `isNeeded` does not say otherwise.
  func require(_ name: String, _ values: [String], isNeeded: Bool = false) throws(Diagnostic) {
    let setting = setting(name)
    if setting == nil, !isNeeded { return }
    guard let text = setting?.stringValue, values.contains(text) else {
      throw refusal(of: name, setting ?? .null, values.joined(separator: ", "))
    }
  }

  func refusal(of name: String, _ value: JSONValue, _ supported: String) -> Diagnostic {
    Diagnostic(.otherSetting(name, value.compact, supported), at: Place(file: path))
  }
}

extension Diagnostic.Message {
  fileprivate static let noObject = Self(
    "the file is no JSON object", remedy: EncoderTokenizer.remedy)

  fileprivate static func otherSetting(_ name: String, _ value: String, _ supported: String) -> Self
  {
    let shown = value.count > 80 ? "\(value.prefix(80))…" : value
    return Self(
      "\(name) is \(shown), which is not supported", remedy: "what is supported is \(supported)")
  }
}
