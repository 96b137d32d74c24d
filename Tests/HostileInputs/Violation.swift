import Diagnostics
import Text

/// Something that does not hold of what was read.
package struct Violation: Error {
  package let text: String

  package init(_ text: String) { self.text = text }
}

/// Whether bytes are text in an encoding, or in the one of their byte-order mark.
func isText(_ bytes: [UInt8], _ encoding: TextEncoding = .utf8) -> Bool {
  var decoder = Decoder(ByteChunks(bytes), file: "f", encoding: encoding)
  var buffer = [UInt8](repeating: 0, count: 64 << 10)
  do throws(Diagnostic) {
    while try decoder.read(into: &buffer) > 0 {}
    return true
  } catch { return false }
}

/// Throws unless a condition holds.
func require(
  _ condition: Bool, _ text: @autoclosure () -> String
) throws(Violation) {
  if !condition { throw Violation(text()) }
}

/// Throws when a text of our own is refused.
func rereading<Value>(
  _ what: String, _ read: () throws(Diagnostic) -> Value
) throws(Violation) -> Value {
  do throws(Diagnostic) { return try read() } catch {
    throw Violation("\(what) is not read again: \(error)")
  }
}

/// Throws unless two ways of reading give equal values, or the same problem on the same line.
///
/// - Parameter isText: whether the bytes are in their encoding; of a byte that is not and another
///   problem, or the end of what is read, the size of a read decides which is seen first.
/// - Returns: what they give; nil when they refuse.
@discardableResult
func agree<Value: Equatable>(
  _ what: String, isText: Bool = true, _ one: () throws(Diagnostic) -> Value,
  _ other: () throws(Diagnostic) -> Value
) throws(Violation) -> Value? {
  switch (Result(catching: one), Result(catching: other)) {
  case (.success(let one), .success(let other)):
    try require(one == other, "\(what): \(one) and \(other)")
    return one
  case (.failure(let one), .failure(let other)):
    try require(
      !isText
        || one.message.problem == other.message.problem && one.place?.line == other.place?.line,
      "\(what): \(one) and \(other)")
    return nil
  case _ where !isText: return nil
  case (let one, let other): throw Violation("\(what): \(one) and \(other)")
  }
}
