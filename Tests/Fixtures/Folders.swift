import Foundation

/// Where tests find what they read: the project's own fixtures, and the shared suites beside it.
package enum Folders {
  /// The root of the checkout.
  package static let project = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The project's own fixtures, always there.
  package static let fixtures = project.appending(path: "fixtures")

  /// Other programs' numbers: `MILLRACE_GOLDEN`, or `../shared/golden`; nil when absent.
  package static let golden = shared("golden", variable: "MILLRACE_GOLDEN")

  /// Conformance suites: `MILLRACE_CONFORMANCE`, or `../shared/conformance`; nil when absent.
  package static let conformance = shared("conformance", variable: "MILLRACE_CONFORMANCE")

  /// Real data sets: `MILLRACE_DATA`, or `../shared/data`; nil when absent.
  package static let data = shared("data", variable: "MILLRACE_DATA")

  /// Other programs' numbers in files of these names: the project's own, then those of `golden`.
  package static func reference(prefix: String, ending: String) -> [URL] {
    if golden == nil { sayNotRun("further \(prefix)*\(ending)", missing: "MILLRACE_GOLDEN") }
    let folders = [fixtures.appending(path: "reference"), golden].compactMap { $0 }
    return folders.flatMap { files(below: $0, ending: ending) }
      .filter { $0.lastPathComponent.hasPrefix(prefix) }
  }

  /// Every file below a folder whose name ends in `ending`, sorted by path.
  package static func files(below folder: URL, ending: String) -> [URL] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (paths ?? []).filter { $0.hasSuffix(ending) }.sorted().map { folder.appending(path: $0) }
  }

  /// Says plainly that a suite was not there, so that a skipped test is never taken for a passed one.
  package static func sayNotRun(_ subject: String, missing variable: String) {
    print("NOT RUN: \(subject): no folder; set \(variable) or put it in ../shared")
  }

  private static func shared(_ name: String, variable: String) -> URL? {
    let named = ProcessInfo.processInfo.environment[variable].map { URL(filePath: $0) }
    let folder = named ?? project.deletingLastPathComponent().appending(path: "shared/\(name)")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }
}
