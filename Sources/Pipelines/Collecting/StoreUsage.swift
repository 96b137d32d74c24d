import Artifacts
import Diagnostics
import Digests

/// What the results of each stage take of a store, over all definitions that were run with it.
package struct StoreUsage: Sendable {
  /// The results of one stage.
  package struct Line: Sendable {
    /// The definition's path; nil for results that no definition and no run on record has.
    package let definition: String?
    /// The stage as the definition names it, or without a definition its kind.
    package let stage: String
    /// The paths of other definitions that have some of the results too.
    package var otherDefinitions: [String] { others.sorted() }
    fileprivate var others: Set<String> = []
    package fileprivate(set) var results = 0
    /// Bytes that several stages have are counted for the first of them.
    package fileprivate(set) var byteCount = 0
    /// The time it took to make them.
    package fileprivate(set) var seconds = 0.0
  }

  /// The largest first.
  package let lines: [Line]

  /// - Throws: when a record, a root or a journal cannot be read.
  package init(of store: ArtifactStore) throws(Diagnostic) {
    let names = try WorkNames(in: store)
    var lines: [WorkNames.Name: Line] = [:]
    var counted: Set<Digest> = []
    for key in try store.recordKeys() {
      guard let record = try store.storedRecord(key) else { continue }
      let known = names[key]
      let kind = record.keyValue("kind").map { String($0.prefix { $0 != " " }) } ?? "?"
      let name = WorkNames.Name(
        definition: known?.definition,
        stage: known.map { StageName(written: $0.stage).base } ?? kind)
      var line = lines[name] ?? Line(definition: name.definition, stage: name.stage)
      line.others.formUnion(names.otherDefinitions(of: key))
      line.results += 1
      line.seconds += record.seconds
      for output in record.outputs where counted.insert(output.digest).inserted {
        line.byteCount += try store.byteCount(of: output.digest) ?? 0
      }
      lines[name] = line
    }
    self.lines = lines.values.sorted { a, b in
      (b.byteCount, a.definition ?? "~", a.stage) < (a.byteCount, b.definition ?? "~", b.stage)
    }
  }
}
