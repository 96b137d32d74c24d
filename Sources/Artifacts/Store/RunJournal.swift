import Diagnostics

/// What happened in one run, an event a line as JSON, added to while the run lasts.
package final class RunJournal: Sendable {
  package let path: String
  private let file: OpenFile

  fileprivate init(_ path: String) throws(Diagnostic) {
    self.path = path
    file = try OpenFile(path, for: .append)
  }

  /// Adds events in one write, so that lines of several threads do not mix.
  package func append(_ events: [JSONValue]) throws(Diagnostic) {
    try file.write(events.map { $0.compact + "\n" }.joined().utf8.span)
  }
}

/// A run that left a journal.
package struct PastRun: Hashable, Sendable {
  /// When it started and its id, as in `20261122T005237Z-4711`; sorts by time.
  package let name: String
  package let path: String

  /// The events that were written whole.
  ///
  /// A journal cut short or damaged gives those that can be read.
  package var events: [JSONValue] {
    let lines = (FileBytes.read(path) ?? []).split(separator: UInt8(ascii: "\n"))
    return lines.compactMap { try? JSONValue(parsing: Array($0), file: path) }
  }
}

extension ArtifactStore {
  /// Starts the journal of a run.
  ///
  /// - Parameter id: tells runs of the same second apart, such as the process's number.
  package func startJournal(id: String) throws(Diagnostic) -> RunJournal {
    let time = Clock.text().filter { $0 != "-" && $0 != ":" }
    return try RunJournal("\(folder("runs"))/\(time)-\(id).jsonl")
  }

  /// The run that a person names: `last`, or the start of its name; nil when none or several fit.
  package func run(named name: String) -> PastRun? {
    let runs = runs()
    if name == "last" { return runs.first }
    let found = runs.filter { $0.name == name || name.utf8.count >= 8 && $0.name.hasPrefix(name) }
    return found.count == 1 ? found[0] : nil
  }

  /// Past and present runs, the newest first.
  package func runs() -> [PastRun] {
    Folder.names(in: "\(root)/runs").filter { $0.hasSuffix(".jsonl") }.reversed().map { name in
      PastRun(name: String(name.dropLast(".jsonl".count)), path: "\(root)/runs/\(name)")
    }
  }
}
