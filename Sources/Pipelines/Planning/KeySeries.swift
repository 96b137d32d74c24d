import Digests

/// The keys that differ from one another in their extent alone.
struct KeySeries {
  /// The text of the keys before and after the extent.
  private let before: String
  private let after: String

  /// - Parameter extent: the name of the line that varies.
  init(of key: StageKey, varying extent: String) {
    guard let place = key.lines.firstIndex(where: { $0.name == extent }) else {
      preconditionFailure("the key has no line '\(extent)' that could vary:\n\(key.text)")
    }
    let lines = key.text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines[place].dropLast(key.lines[place].value.count)
    before = (lines[..<place] + [start]).joined(separator: "\n")
    after = "\n" + lines[(place + 1)...].joined(separator: "\n")
  }

  /// The digest of the key with an extent.
  func digest(at extent: Int) -> Digest { BLAKE3.digest(of: "\(before)\(extent)\(after)") }
}
