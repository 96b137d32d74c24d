/// What stands in the file of a lock: who has it, for people, and on which machine.
struct LockText {
  let holder: String
  /// Nil in the file of a lock that was given back.
  let host: String?

  init(holder: String, host: String) {
    self.holder = holder
    self.host = host
  }

  init(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    holder = lines.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    host = lines.count > 1 ? String(decoding: lines[1], as: UTF8.self) : nil
  }

  var text: String { "\(holder)\n\(host ?? "")\n" }
}
