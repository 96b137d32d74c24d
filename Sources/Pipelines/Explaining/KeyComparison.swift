import Artifacts

/// The differences between a stage's key and the key of its last result.
struct KeyComparison {
  let planned: PlannedStage
  let before: Record?

  /// The changes of options, which are known before the digests of inputs are.
  var ownChanges: [Cause] {
    guard let before else { return [.neverRan] }
    let old = lines(of: before.keyText)
    var causes: [Cause] = []
    let kind = planned.kindLine.value
    if let was = old["kind"], was != kind {
      causes.append(.changed(name: "kind", old: was, new: kind, place: planned.place))
    }
    for line in planned.keyLines {
      let was = old[line.name] ?? line.absence?.spelling
      guard let new = line.ownValue, was != new else { continue }
      causes.append(.changed(name: line.name, old: was, new: new, place: line.place))
    }
    return causes + leftOut(of: old)
  }

  /// Every change, once the key is known.
  func changes(to key: StageKey) -> [Cause] {
    guard let before else { return [.neverRan] }
    let old = lines(of: before.keyText)
    let new = lines(of: key.text)
    var causes = ownChanges
    for line in planned.keyLines where old[line.name] != new[line.name] {
      switch line.content {
      case .file(let path): causes.append(.fileChanged(path: path))
      case .folder(let folder): causes.append(.fileChanged(path: folder.folder))
      case .input(let source):
        causes.append(.inputChanged(name: line.name, stage: source.stageName))
      case .option, .extent: continue
      }
    }
    return causes
  }

  /// Options that had a line in the last result's key and have none now.
  private func leftOut(of old: [String: String]) -> [Cause] {
    let names = Set(planned.keyLines.map(\.name)).union(["kind"])
    return old.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }.map {
      .changed(name: $0.key, old: $0.value, new: nil, place: planned.place)
    }
  }

  private func lines(of text: String) -> [String: String] {
    Dictionary(
      StageKey.lines(of: text).map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}
