import Diagnostics
import Digests
import Files

/// Something wrong in a store, found by checking all of it.
package enum StoreProblem: Hashable, Sendable {
  /// A record whose bytes are not as they were written.
  case damagedRecord(key: Digest)
  /// An object whose bytes are not the ones it is named by.
  case damagedObject(Digest)
  /// A record names an object that is not there.
  case missingObject(Digest, key: Digest)
  /// The stat cache is not as it was written.
  case damagedStatCache
  /// An index of records is not as it was written.
  case damagedIndex
  /// Something that cannot be read, or is damaged and stays where it is.
  case unreadable(Diagnostic)

  /// Whether it was moved out of the way, so that it is made anew.
  package var isSetAside: Bool {
    switch self {
    case .damagedRecord, .damagedObject, .damagedStatCache, .damagedIndex: true
    case .missingObject, .unreadable: false
    }
  }
}

/// The result of checking all of a store.
package struct StoreCheck: Sendable {
  package let recordCount: Int
  package let objectCount: Int
  package var problems: [StoreProblem]

  package var isSound: Bool { problems.isEmpty }
}

extension StoreProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .damagedRecord(let key): "record \(key.short) is damaged"
    case .damagedObject(let digest): "artifact \(digest.short) is damaged"
    case .missingObject(let digest, let key):
      "artifact \(digest.short) is missing, which record \(key.short) names"
    case .damagedStatCache: "the store's list of known files is damaged"
    case .damagedIndex: "the store's list of known records is damaged"
    case .unreadable(let diagnostic): diagnostic.message.problem
    }
  }
}

extension ArtifactStore {
  /// Reads every byte of every object, every record, and all other files but roots and pins, whose
  /// texts the module Pipelines reads.
  ///
  /// What is damaged and can be made anew is set aside.
  ///
  /// - Parameter progress: called with how many of how many files are done.
  package func verifyAll(progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }) -> StoreCheck {
    var problems = problemsOfTexts()
    let objects = readableDigests(in: "objects", &problems)
    let keys = readableDigests(in: "keys", &problems)
    for (index, digest) in objects.enumerated() {
      if let problem = problem(ofObject: digest) { problems.append(problem) }
      progress(index + 1, objects.count + keys.count)
    }
    for (index, key) in keys.enumerated() {
      do throws(Diagnostic) {
        problems += try self.problems(ofRecord: key)
      } catch {
        problems.append(.unreadable(error))
      }
      progress(objects.count + index + 1, objects.count + keys.count)
    }
    return StoreCheck(recordCount: keys.count, objectCount: objects.count, problems: problems)
  }

  /// The digests that files are named by, as far as folders can be read.
  private func readableDigests(in kind: String, _ problems: inout [StoreProblem]) -> [Digest] {
    var digests: [Digest] = []
    var starts: [String] = []
    do throws(Diagnostic) { starts = try names(in: kind) } catch {
      problems.append(.unreadable(error))
    }
    for start in starts {
      do throws(Diagnostic) {
        digests += try self.digests(in: kind, startingWith: start)
      } catch {
        problems.append(.unreadable(error))
      }
    }
    return digests
  }

  private func problem(ofObject digest: Digest) -> StoreProblem? {
    do throws(Diagnostic) {
      guard let status = try status(of: objectPath(digest)) else { return nil }
      return try rehash(digest, status) ? nil : .damagedObject(digest)
    } catch {
      return .unreadable(error)
    }
  }

  private func problems(ofRecord key: Digest) throws(Diagnostic) -> [StoreProblem] {
    let path = recordPath(key)
    guard let bytes = try bytes(of: path) else { return [] }
    guard let record = Record(text: bytes), record.key == key else {
      try quarantine(path, .damagedRecord(key))
      return [.damagedRecord(key: key)]
    }
    var problems: [StoreProblem] = []
    for output in record.outputs {
      if try isPresent(output) { continue }
      if try isEvicted(output.digest) { continue }
      problems.append(.missingObject(output.digest, key: key))
    }
    return problems
  }
}
