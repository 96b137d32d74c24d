import Diagnostics
import Files

/// The small files of a store beside records: its format, its stat cache, marks of evictions, notes of
/// use, journals.
extension ArtifactStore {
  /// What is wrong with them; a damaged stat cache is set aside.
  func problemsOfTexts() -> [StoreProblem] {
    var problems: [StoreProblem] = []
    func check(_ body: () throws(Diagnostic) -> Void) {
      do throws(Diagnostic) { try body() } catch { problems.append(.unreadable(error)) }
    }
    check { () throws(Diagnostic) in _ = try hasFormat() }
    check { () throws(Diagnostic) in
      let path = "\(root)/stat"
      guard let bytes = try FileBytes.read(path), !StatCache.isSound(bytes) else { return }
      try quarantine(path, .damagedStatCache)
      problems.append(.damagedStatCache)
    }
    check { () throws(Diagnostic) in _ = try digests(in: "evicted") }
    for diagnostic in problemsOfUse() { problems.append(.unreadable(diagnostic)) }
    return problems
  }

  /// What keeps it from being known which results processes use, and the last runs gave.
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
  fileprivate static let damagedStatCache = Self(
    "the store's list of known files was damaged on the disk and set aside",
    remedy: "nothing: files are read once more")
}
