/// RFC 4180 one character after the other on a whole text: the specification of `DelimitedParser`.
///
/// Returns nil for what a strict reader refuses. LF and CR LF end lines.
func obviousRecords(_ text: [UInt8]) -> [[String]]? {
  let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
  let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
  var records: [[String]] = []
  var index = 0
  func at(_ index: Int) -> UInt8? { index < text.count ? text[index] : nil }
  func lineEnd(_ index: Int) -> Int? {
    if at(index) == lineFeed { return 1 }
    if at(index) == carriageReturn, at(index + 1) == lineFeed { return 2 }
    return at(index) == carriageReturn && index + 1 == text.count ? 1 : nil
  }
  while index < text.count {
    if let length = lineEnd(index) {
      records.append([])
      index += length
      continue
    }
    var record: [String] = []
    while true {
      var field: [UInt8] = []
      if at(index) == quote {
        index += 1
        while true {
          guard let byte = at(index) else { return nil }
          index += 1
          if byte != quote {
            field.append(byte)
          } else if at(index) == quote {
            field.append(quote)
            index += 1
          } else {
            break
          }
        }
        guard at(index) == nil || at(index) == comma || lineEnd(index) != nil else { return nil }
      } else {
        while let byte = at(index), byte != comma, lineEnd(index) == nil {
          if byte == quote { return nil }
          field.append(byte)
          index += 1
        }
      }
      record.append(String(decoding: field, as: UTF8.self))
      guard at(index) == comma else { break }
      index += 1
    }
    records.append(record)
    index += lineEnd(index) ?? 0
  }
  return records
}
