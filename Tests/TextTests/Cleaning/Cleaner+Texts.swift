import Text

extension Cleaner {
  /// The cleaned form of one text.
  func clean(_ text: String) -> String {
    var bytes = Array(text.utf8)
    var scratch: [UInt8] = []
    clean(&bytes, scratch: &scratch)
    return String(decoding: bytes, as: UTF8.self)
  }
}
