import Diagnostics
import Digests
import Glibc
import Pipelines

/// This program with its command `work` and a store, by paths that are right wherever it is started.
package struct WorkProgram: Sendable {
  package let path: String
  package let store: String

  /// - Parameter store: the path of the store's folder.
  package init(store: String) throws(Diagnostic) {
    self.init(path: try Self.ownPath, store: try WorkingFolder.absolute(store))
  }

  package init(path: String, store: String) {
    self.path = path
    self.store = store
  }

  /// The words that have it carry out the orders on some keys.
  package func words(for keys: [Digest]) -> [String] {
    [path, "work"] + keys.map(\.description) + ["--store", store]
  }

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
