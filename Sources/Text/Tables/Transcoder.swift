/// Turns bytes of any encoding into UTF-8, chunk by chunk.
struct Transcoder: Sendable {
  let encoding: TextEncoding
  let invalid: InvalidBytes
  /// How many times U+FFFD was put in.
  private(set) var replacements = 0
  /// Bytes at the end of a chunk whose character is not complete yet.
  private var pending: [UInt8] = []

  init(_ encoding: TextEncoding, invalid: InvalidBytes) {
    self.encoding = encoding
    self.invalid = invalid
  }

  /// Bytes held back until the next chunk.
  var pendingCount: Int { pending.count }

  /// Appends the UTF-8 of `chunk` to `text`; a wrong byte's index in `pending` + `chunk`, or nil.
  mutating func transcode(
    _ chunk: ArraySlice<UInt8>, isLast: Bool, into text: inout [UInt8]
  ) -> Int? {
    let bytes = pending.isEmpty ? Array(chunk) : pending + chunk
    pending.removeAll()
    switch encoding {
    case .utf8: return transcodeUTF8(bytes, isLast: isLast, into: &text)
    case .latin1, .windows1252: return transcodeSingleBytes(bytes, into: &text)
    case .utf16LittleEndian, .utf16BigEndian:
      return transcodeUTF16(bytes, isLast: isLast, into: &text)
    }
  }

  /// Puts U+FFFD, or says that the place must be refused.
  private mutating func replaces(in text: inout [UInt8]) -> Bool {
    guard invalid == .replace else { return false }
    replacements += 1
    text.append(contentsOf: [0xEF, 0xBF, 0xBD])
    return true
  }

  private mutating func transcodeUTF8(
    _ bytes: [UInt8], isLast: Bool, into text: inout [UInt8]
  ) -> Int? {
    var check = UTF8Check()
    var start = 0
    while let wrong = check.firstWrong(in: bytes.span, from: start) {
      let broken = wrong - check.seen
      text.append(contentsOf: bytes[start..<broken])
      guard replaces(in: &text) else { return broken }
      start = check.seen == 0 ? wrong + 1 : wrong
      check.reset()
    }
    let end = bytes.count - check.seen
    text.append(contentsOf: bytes[start..<end])
    guard end < bytes.count else { return nil }
    guard isLast else {
      pending = Array(bytes[end...])
      return nil
    }
    return replaces(in: &text) ? nil : end
  }

  private mutating func transcodeSingleBytes(_ bytes: [UInt8], into text: inout [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      let end = UTF8Check.endOfASCII(in: bytes.span, from: index)
      text.append(contentsOf: bytes[index..<end])
      index = end + 1
      guard end < bytes.count else { break }
      let scalar = encoding == .latin1 ? UInt16(bytes[end]) : Windows1252.scalar(bytes[end])
      if let scalar, scalar != 0 {
        appendUTF8(UInt32(scalar), to: &text)
      } else if !replaces(in: &text) {
        return end
      }
    }
    return nil
  }

  private mutating func transcodeUTF16(
    _ bytes: [UInt8], isLast: Bool, into text: inout [UInt8]
  ) -> Int? {
    func unit(_ index: Int) -> UInt32 {
      let (first, second) = (UInt32(bytes[index]), UInt32(bytes[index + 1]))
      return encoding == .utf16LittleEndian ? second << 8 | first : first << 8 | second
    }
    var index = 0
    while index + 1 < bytes.count {
      let first = unit(index)
      let isLead = (0xD800...0xDBFF).contains(first)
      if isLead, index + 3 >= bytes.count, !isLast { break }
      if isLead, index + 3 < bytes.count, (0xDC00...0xDFFF).contains(unit(index + 2)) {
        let scalar = 0x10000 + (first - 0xD800) << 10 + (unit(index + 2) - 0xDC00)
        appendUTF8(scalar, to: &text)
        index += 4
        continue
      }
      if first != 0, !(0xD800...0xDFFF).contains(first) {
        appendUTF8(first, to: &text)
      } else if !replaces(in: &text) {
        return index
      }
      index += 2
    }
    guard index < bytes.count else { return nil }
    guard isLast else {
      pending = Array(bytes[index...])
      return nil
    }
    return replaces(in: &text) ? nil : index
  }
}
