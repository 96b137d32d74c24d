import Diagnostics

/// Something wrong in a store, found by checking all of it.
package enum StoreProblem: Hashable, Sendable {
  /// A record whose bytes are not as they were written.
  case damagedRecord(key: Digest)
  /// An object whose bytes are not the ones it is named by.
  case damagedObject(Digest)
  /// A record names an object that is not there.
  case missingObject(Digest, key: Digest)
  /// An object that cannot be read.
  case unreadable(Diagnostic)
}

extension StoreProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .damagedRecord(let key): "record \(key.short) is damaged"
    case .damagedObject(let digest): "artifact \(digest.short) is damaged"
    case .missingObject(let digest, let key):
      "artifact \(digest.short) is missing, which record \(key.short) names"
    case .unreadable(let diagnostic): diagnostic.message.problem
    }
  }
}

extension ArtifactStore {
  /// Reads every record and every byte of every object; what is damaged is set aside.
  ///
  /// - Parameter progress: called with how many of how many files are done.
  package func verifyAll(progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }) -> [StoreProblem]
  {
    let objects = objectDigests()
    let keys = recordKeys()
    var problems: [StoreProblem] = []
    for (index, digest) in objects.enumerated() {
      if let problem = problem(ofObject: digest) { problems.append(problem) }
      progress(index + 1, objects.count + keys.count)
    }
    for (index, key) in keys.enumerated() {
      problems += self.problems(ofRecord: key)
      progress(objects.count + index + 1, objects.count + keys.count)
    }
    return problems
  }

  private func problem(ofObject digest: Digest) -> StoreProblem? {
    guard let status = FileStatus(ofPath: objectPath(digest)) else { return nil }
    do throws(Diagnostic) {
      return try rehash(digest, status) ? nil : .damagedObject(digest)
    } catch {
      return .unreadable(error)
    }
  }

  private func problems(ofRecord key: Digest) -> [StoreProblem] {
    let path = recordPath(key)
    guard let record = FileBytes.read(path).flatMap(Record.init(text:)), record.key == key else {
      quarantine(path, .damagedRecord(key))
      return [.damagedRecord(key: key)]
    }
    return record.outputs.filter { !isPresent($0) && !isEvicted($0.digest) }.map {
      .missingObject($0.digest, key: key)
    }
  }
}
