import Artifacts
import Diagnostics
import Digests

/// Turns the lines of planned stages into keys, once the digests of their inputs are known.
struct KeyResolver {
  let store: ArtifactStore
  private let isWanted: () -> Bool
  /// The digests of files that were asked for, by their paths.
  private(set) var fileDigests: [String: Digest] = [:]

  /// - Parameter isWanted: asked while files are read; once it says no, that is given up.
  init(store: ArtifactStore, whileWanted isWanted: @escaping () -> Bool = { true }) {
    self.store = store
    self.isWanted = isWanted
  }

  /// The key of a stage.
  ///
  /// - Parameter digests: gives the bytes of each input.
  /// - Throws: when a file outside the store cannot be read.
  mutating func key(
    of stage: PlannedStage, digests: (OutputReference) -> Digest?
  ) throws(Diagnostic) -> StageKey {
    var lines: [StageKey.Line] = []
    lines.reserveCapacity(stage.keyLines.count + 1)
    lines.append(stage.kindLine)
    for line in stage.keyLines where !line.isLeftOut {
      let value: String
      switch line.content {
      case .option(let option): value = option.spelling
      case .extent(let extent): value = "\(extent)"
      case .file(let path): value = StageKey.value(of: try digest(ofFile: path, of: line))
      case .folder(let folder):
        var digests: [Digest] = []
        for path in folder.paths { digests.append(try digest(ofFile: path, of: line)) }
        value = StageKey.value(of: folder.digest(digests))
      case .input(let source):
        guard let digest = digests(source) else {
          preconditionFailure("key of '\(stage.name)' before '\(source)' is known")
        }
        value = StageKey.value(of: digest)
      }
      lines.append(StageKey.Line(name: line.name, value: value))
    }
    return StageKey(lines: lines)
  }

  private mutating func digest(
    ofFile path: String, of line: KeyLine
  ) throws(Diagnostic) -> Digest {
    if let known = fileDigests[path] { return known }
    do throws(Diagnostic) {
      let digest = try store.digestOfFile(path, whileWanted: isWanted)
      fileDigests[path] = digest
      return digest
    } catch {
      var located = line.path?.locate(error, of: path) ?? error
      if located.place == nil { located.place = line.place }
      throw located
    }
  }
}

extension PlannedStage {
  /// What a process claims while it works on a key: all keys of a series at once.
  package func claim(on key: StageKey) -> Digest {
    (extent.map { key.withoutExtent($0.name) } ?? key).digest
  }
}

extension StageKey {
  /// The key without its extent, which all keys of one series share.
  func withoutExtent(_ name: String) -> StageKey {
    StageKey(lines: lines.filter { $0.name != name })
  }
}
