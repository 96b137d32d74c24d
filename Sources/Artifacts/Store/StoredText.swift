/// A text that a store keeps under a name, as it was found.
///
/// ```
/// text	1
/// about	pipelines/trec.toml train
/// key	7f3a…
/// checksum	9d31…
/// ```
/// Texts of older programs have neither the first nor the last line.
package enum StoredText: Hashable, Sendable {
  case whole(String, hasChecksum: Bool)
  /// Not as it was written; holds what is legible, to be shown to people.
  case damaged(String)

  private static let heading = "text\t1\n"
  private static let checksumName = "checksum\t"

  /// A text of lines, as it is written.
  static func sealed(_ text: String) -> String { ChecksumLine.sealed(heading + text) }

  init(_ bytes: [UInt8]) {
    if bytes.starts(with: Self.heading.utf8), let end = ChecksumLine.start(in: bytes) {
      self = .whole(
        String(decoding: bytes[Self.heading.utf8.count..<end], as: UTF8.self), hasChecksum: true)
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let lastLine = text.split(separator: "\n").last ?? ""
    if text.isEmpty || text.hasPrefix(Self.heading) || !text.hasSuffix("\n")
      || lastLine.hasPrefix(Self.checksumName)
    {
      self = .damaged(text)
    } else {
      self = .whole(text, hasChecksum: false)
    }
  }
}
