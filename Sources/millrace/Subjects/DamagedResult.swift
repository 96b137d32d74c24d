import Artifacts
import Diagnostics
import Digests
import Pipelines

/// A result that a check of a store found damaged, and whose it is.
struct DamagedResult {
  let key: Digest
  /// The output that is damaged; nil where that is the record.
  let port: String?
  /// The kind of the stage; nil where the record is damaged.
  let kind: String?
  /// Nil where no definition and no run on record has the result.
  let origin: ResultOrigin?

  /// `'split.train' of d.toml`.
  var name: String {
    let ending = port.map { ".\($0)" } ?? ""
    guard let origin else {
      return "\(kind.map { "'\($0)\(ending)'" } ?? "a result") of no definition or run on record"
    }
    let file = RelativePath.of(origin.definition, from: "")
    let sweep = origin.sweep.map { ", sweep '\($0)'" } ?? ""
    let settings =
      origin.settings.isEmpty || origin.sweep != nil
      ? "" : " with \(origin.settings.joined(separator: " "))"
    return "'\(origin.stage)\(ending)' of \(file)\(sweep)\(settings)"
  }
}

extension DamagedResult {
  /// The results that each of some problems concerns; none for one that is of no result.
  static func all(
    of problems: [StoreProblem], in store: ArtifactStore
  ) -> [StoreProblem: [DamagedResult]] {
    var found: [(problem: StoreProblem, key: Digest, port: String?, kind: String?)] = []
    var damaged: Set<Digest> = []
    for problem in problems {
      switch problem {
      case .damagedRecord(let key): found.append((problem, key, nil, nil))
      case .damagedObject(let digest): damaged.insert(digest)
      case .missingObject(let digest, let key):
        let record = try? store.storedRecord(key)
        let port = record?.outputs.first { $0.digest == digest }?.port
        found.append((problem, key, port, record.flatMap(\.kind)))
      case .damagedStatCache, .damagedIndex, .unreadable: continue
      }
    }
    for key in damaged.isEmpty ? [] : (try? store.recordKeys()) ?? [] {
      guard let record = try? store.storedRecord(key) else { continue }
      for output in record.outputs where damaged.contains(output.digest) {
        found.append((.damagedObject(output.digest), key, output.port, record.kind))
      }
    }
    let origins = ResultOrigin.all(of: Set(found.map(\.key)), in: store)
    return Dictionary(grouping: found, by: { $0.problem }).mapValues { found in
      found.map { _, key, port, kind in
        DamagedResult(key: key, port: port, kind: kind, origin: origins[key])
      }
    }
  }
}

extension Record {
  fileprivate var kind: String? { keyValue("kind").map { String($0.prefix { $0 != " " }) } }
}
