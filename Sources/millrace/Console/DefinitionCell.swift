import Pipelines

/// The definition of a result in a table, with how many others have the result too.
struct DefinitionCell {
  /// What is said below a table that has such a number.
  static let legend = "+1: so many other definitions have it too; --json names them"

  let text: String
  let isShared: Bool

  init(_ path: String?, others: [String], unknown: String = "") {
    let more = others.isEmpty ? "" : "  +\(others.count)"
    text = (path.map { RelativePath.of($0, from: "") } ?? unknown) + more
    isShared = !others.isEmpty
  }
}
