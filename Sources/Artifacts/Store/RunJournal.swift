import Diagnostics
import Files
import Formats
import Glibc

/// What happened in one run, an event a line as JSON, added to while the run lasts.
package final class RunJournal: Sendable {
  package let path: String
  private let file: OpenFile

  fileprivate init(_ file: consuming OpenFile) {
    path = file.path
    self.file = file
  }

  /// Adds events in one write.
  ///
  /// One that fails, as on a full disk, leaves no part of a line.
  package func append(_ events: [JSONValue]) throws(Diagnostic) {
    let before = try file.status().status.byteCount
    var lines: [UInt8] = []
    for event in events { JournalLine.append(event, to: &lines) }
    do throws(Diagnostic) {
      try file.write(lines.span)
    } catch {
      try file.truncate(to: before)
      throw error
    }
  }
}

/// A run that left a journal.
package struct PastRun: Hashable, Sendable {
  /// Its start and the process's id: `20261122T005237.250Z-4711`, with `.2` if there is one already.
  ///
  /// Names sort by time.
  package let name: String
  package let path: String
  let files: any FileSystem

  package static func == (a: Self, b: Self) -> Bool { a.path == b.path }

  package func hash(into hasher: inout Hasher) { hasher.combine(path) }

  /// When it started, in UTC: `2026-11-22T00:52:37Z`; the name itself where it holds no time.
  package var when: String {
    let digits = name.prefix { $0 != "." && $0 != "-" }.filter { $0.isASCII && $0.isNumber }
    guard digits.count == 14 else { return name }
    func part(_ start: Int, _ count: Int) -> Substring { digits.dropFirst(start).prefix(count) }
    return "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))T\(part(8, 2)):\(part(10, 2)):\(part(12, 2))Z"
  }

  /// The number of the process that started it, as its name has it.
  package var process: Substring {
    name.drop { $0 != "-" }.dropFirst().prefix { $0 != "." }
  }

  /// The events that can be read, also of a journal that was cut short or damaged.
  package var events: [JSONValue] {
    get throws(Diagnostic) { try lines.compactMap { JournalLine.event(in: $0) } }
  }

  /// All events, except those whose lines a killed process was in the middle of writing, or that did
  /// not all reach the disk before a power cut.
  ///
  /// - Throws: when the journal is damaged.
  package var wholeEvents: [JSONValue] {
    get throws(Diagnostic) {
      var events: [JSONValue] = []
      let lines = try lines
      for (index, line) in lines.enumerated() {
        if let event = JournalLine.event(in: line) {
          events.append(event)
        } else if index < lines.count - 1, !Self.isTorn(line) {
          throw Diagnostic(.damagedJournal(path))
        }
      }
      return events
    }
  }

  /// Whether sectors of a line never reached the disk: zeros stand there up to the end of a sector.
  private static func isTorn(_ line: ArraySlice<UInt8>) -> Bool {
    line.indices.contains { line[$0] == 0 && ($0 + 1) % sectorSize == 0 }
  }

  /// The least that a disk writes at once, in bytes.
  private static let sectorSize = 512

  /// The lines, then what follows the last line end, which is empty unless a write was cut short.
  private var lines: [ArraySlice<UInt8>] {
    get throws(Diagnostic) {
      (try FileBytes.read(path, in: files) ?? [])
        .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }
  }
}

extension ArtifactStore {
  /// Starts the journal of a run.
  ///
  /// - Parameter id: the process's number, which tells journals of the same moment apart.
  package func startJournal(id: String) throws(Diagnostic) -> RunJournal {
    let path = "\(try folder("runs"))/\(Self.moment())-\(id)"
    for number in 1...1_000 {
      let name = number == 1 ? path : "\(path).\(number)"
      if let file = try OpenFile(creating: "\(name).jsonl", in: files) { return RunJournal(file) }
    }
    throw Diagnostic(.cannot("make the file", path, code: EEXIST))
  }

  /// Now, so that moments sort by time: `20261122T005237.250Z`.
  ///
  /// A second is too long: processes that follow one another within it may have any numbers.
  private static func moment() -> String {
    let now = Clock.nanoseconds()
    let second = Clock.text(nanoseconds: now).filter { $0.isNumber || $0 == "T" }
    let milliseconds = String(now / 1_000_000 % 1_000 + 1_000).dropFirst()
    return "\(second).\(milliseconds)Z"
  }

  /// The run that a person names: `last`, or the start of its name; nil when none or several fit.
  package func run(named name: String) throws(Diagnostic) -> PastRun? {
    let runs = try runs()
    if name == "last" { return runs.first }
    let found = runs.filter { $0.name == name || name.utf8.count >= 8 && $0.name.hasPrefix(name) }
    return found.count == 1 ? found[0] : nil
  }

  /// Past and present runs, the newest first.
  package func runs() throws(Diagnostic) -> [PastRun] {
    let names = try self.names(in: "runs").filter { $0.hasSuffix(".jsonl") }
    return names.map { String($0.dropLast(".jsonl".count)) }.sorted(by: >).map { name in
      PastRun(name: name, path: "\(root)/runs/\(name).jsonl", files: files)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func damagedJournal(_ path: String) -> Self {
    Self(
      "'\(path)' is damaged: it says what a run gave",
      remedy: "remove it, if what only that run gave need not stay")
  }
}
