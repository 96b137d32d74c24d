import Artifacts
import Fixtures
import Formats
import Foundation
import Testing

struct RunJournalTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test func `a journal gives back its events, and runs are listed newest first`() throws {
    try folder.write("store/runs/20010101T000000Z-1.jsonl", "{\"event\":\"finished\"}\n")
    let journal = try store.startJournal(id: "4711")
    try journal.append([["event": "started", "stages": 3]])
    try journal.append([["event": "finished", "seconds": 0.5]])
    let runs = try store.runs()
    #expect(runs.count == 2)
    #expect(runs.first?.path == journal.path)
    #expect(runs.first?.name.hasSuffix("Z-4711") == true)
    #expect(
      try runs.first?.events == [
        ["event": "started", "stages": 3], ["event": "finished", "seconds": 0.5],
      ])
  }

  @Test func `runs of one second are listed by the moments at which they began`() throws {
    let names = ["20260101T000000.009Z-10", "20260101T000000.020Z-9", "20260101T000000.100Z-8"]
    for name in names { try folder.write("store/runs/\(name).jsonl", "") }
    let runs = try store.runs()
    #expect(runs.map(\.name) == names.reversed())
    #expect(runs.map(\.when) == Array(repeating: "2026-01-01T00:00:00Z", count: 3))
    #expect(runs.map { String($0.process) } == ["8", "9", "10"])
    let moment = try #require(try store.startJournal(id: "7").path.split(separator: "/").last)
    #expect(moment.wholeMatch(of: /\d{8}T\d{6}\.\d{3}Z-7\.jsonl/) != nil)
  }

  @Test func `every prefix of a journal gives the events that were written whole`() throws {
    let lines = ["{\"event\":\"a\"}", "{\"event\":\"b\",\"n\":1}", "{\"event\":\"c\"}"]
    let whole = Array((lines.joined(separator: "\n") + "\n").utf8)
    for length in 0...whole.count {
      try folder.write("store/runs/1.jsonl", bytes: Array(whole.prefix(length)))
      let events = try #require(try store.runs().first).events
      let complete = whole.prefix(length).count { $0 == UInt8(ascii: "\n") }
      #expect(events.count == complete || events.count == complete + 1)
      #expect(
        events.map { $0["event"]?.stringValue } == ["a", "b", "c"].prefix(events.count).map { $0 })
    }
  }
}
