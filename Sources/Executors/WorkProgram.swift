import Artifacts
import Diagnostics
import Digests
import Glibc
import Pipelines

/// This program with its command `work` and a store, by paths that are right wherever it is started.
package struct WorkProgram: Sendable {
  package let path: String
  package let store: String
  /// The store that results are copied from; nil for none.
  let cache: String?

  package init(for store: ArtifactStore) throws(Diagnostic) {
    self.init(
      path: try Self.ownPath, store: try WorkingFolder.absolute(store.root),
      cache: try store.cache.map { (cache) throws(Diagnostic) in
        try WorkingFolder.absolute(cache.root)
      })
  }

  package init(path: String, store: String, cache: String? = nil) {
    self.path = path
    self.store = store
    self.cache = cache
  }

  /// The words that name the stores.
  package var stores: [String] { ["--store", store] + (cache.map { ["--cache", $0] } ?? []) }

  /// The words that have it carry out the orders on some keys.
  package func words(for keys: [Digest]) -> [String] {
    [path, "work"] + keys.map(\.description) + stores
  }

  /// The words that have it carry out a line of a manifest, but for the line's number.
  ///
  /// - Parameter run: the name of a detached run to go on with when the whole manifest is done.
  func words(forManifest manifest: String, thenContinue run: String? = nil) -> [String] {
    [path, "work"] + stores + (run.map { ["--continue", $0] } ?? []) + ["--manifest", manifest]
  }

  /// The words that have it go on with a detached run.
  func words(toContinue run: String) -> [String] { [path, "work"] + stores + ["--continue", run] }

  private static var ownPath: String {
    get throws(Diagnostic) {
      var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = unsafe readlink("/proc/self/exe", &bytes, bytes.count)
      guard count > 0 else { throw Diagnostic(.noProgram) }
      return String(
        decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let noProgram = Self(
    "the path of this program is not known", remedy: "run where /proc is mounted")
}
