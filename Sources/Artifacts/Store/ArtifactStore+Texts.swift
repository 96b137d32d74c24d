import Diagnostics
import Files

/// Checks of the small files of a store that are not records: its format, its stat cache, its indices
/// of records and findings, the marks of evictions, the notes of use, the journals.
extension ArtifactStore {
  /// The problems of these files; a damaged stat cache or index is set aside.
  func problemsOfTexts() -> [StoreProblem] {
    var problems: [StoreProblem] = []
    func check(_ body: () throws(Diagnostic) -> Void) {
      do throws(Diagnostic) { try body() } catch { problems.append(.unreadable(error)) }
    }
    check { () throws(Diagnostic) in _ = try hasFormat() }
    check { () throws(Diagnostic) in
      let path = "\(root)/stat"
      guard let bytes = try bytes(of: path), !StatCache.isSound(bytes) else { return }
      try quarantine(path, .damagedStatCache)
      problems.append(.damagedStatCache)
    }
    func checkCaches(_ paths: [String], _ isSound: ([UInt8]) -> Bool) throws(Diagnostic) {
      for path in paths {
        guard let bytes = try cacheBytes(of: path), !isSound(bytes) else { continue }
        try quarantine(path, .damagedIndex)
        problems.append(.damagedIndex)
      }
    }
    check { () throws(Diagnostic) in try checkCaches(indexPaths(), RecordIndex.isSound) }
    check { () throws(Diagnostic) in try checkCaches(findingsPaths(), Findings.isSound) }
    check { () throws(Diagnostic) in _ = try digests(in: "evicted") }
    for diagnostic in problemsOfUse() { problems.append(.unreadable(diagnostic)) }
    return problems
  }

  /// The unreadable or damaged files that say which results processes use and the last runs made.
  package func problemsOfUse() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    do throws(Diagnostic) {
      _ = try use()
      for run in try runs() {
        do throws(Diagnostic) { _ = try run.wholeEvents } catch { problems.append(error) }
      }
    } catch { problems.append(error) }
    return problems
  }
}

extension Diagnostic.Message {
  fileprivate static let damagedIndex = Self(
    "the store's list of known records was damaged on the disk and set aside",
    remedy: "nothing: records are read once more")

  fileprivate static let damagedStatCache = Self(
    "the store's list of known files was damaged on the disk and set aside",
    remedy: "nothing: files are read once more")
}
