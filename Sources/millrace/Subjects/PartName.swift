/// A stage of a definition, or one of its outputs, as a command's word names it: `split.train`.
struct PartName: CustomStringConvertible {
  let stage: String
  /// Nil for the stage itself.
  let port: String?

  init(_ word: String) {
    let parts = word.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    stage = String(parts[0])
    port = parts.count > 1 ? String(parts[1]) : nil
  }

  var description: String { port.map { "\(stage).\($0)" } ?? stage }
}
