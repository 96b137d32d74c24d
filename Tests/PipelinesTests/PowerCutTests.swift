import Artifacts
import Diagnostics
import Fixtures
import Foundation
import LyingDisks
import Pipelines
import Testing
import ToyStages

/// What a power cut may leave of a store at any moment, and what becomes of it.
@Suite struct PowerCutTests {
  @Test func `after a power cut all that was told of is there, all is sound, and runs go on`()
    throws
  {
    let history = try DiskHistory()
    let count = history.disk.changeCount
    var tried = 0
    let fates = PowerCut.Fate.allCases
    // Every moment of the first run, of the rest a few; at night every moment, and every fate often.
    for moment in 0...count
    where Effort.isNightly || moment <= history.endOfFirstRun || moment % 7 == 0 {
      for fate in Effort.isNightly ? fates : [fates[moment % fates.count]] {
        for seed in fate == .drawn ? Effort.seeds(1, atNight: 25) : [0] {
          try expectGood(history, moment, fate, seed)
          tried += 1
        }
      }
    }
    print("power cuts: \(count) changes to the disk, \(tried) states they may leave")
    #expect(count > 100)
  }

  private func expectGood(
    _ history: DiskHistory, _ moment: Int, _ fate: PowerCut.Fate, _ seed: UInt64
  ) throws {
    let note: Comment = "after \(moment) changes, unsynchronised ones \(fate), seed \(seed)"
    var random = SeededNumbers(seed: seed &* 1_000_003 &+ UInt64(moment))
    let root = history.workshop.folder.url.path
    let cut = PowerCut(of: history.disk.log, after: moment, root: root, fate, using: &random)
    let left = try TemporaryFolder()
    try cut.write(into: left.url.path, root: root)
    let store = ArtifactStore(root: left.path("store"), isDurable: false)

    for (key, told) in history.recorded where told <= moment && moment <= history.removingBegan {
      #expect(try store.work(for: key)?.evicted == [], note)
    }
    if let pinned = history.pinned, pinned.after <= moment, moment < history.disk.changeCount {
      #expect(try Pin(named: "first", in: store)?.keys == [pinned.key], note)
      #expect(try store.work(for: pinned.key)?.evicted == [], note)
    }
    let after = StoreAfterFailure(store: store, note: note)
    after.expectSound()
    let edit = Int.random(in: DiskHistory.edits.indices, using: &random)
    let plan = try history.workshop.plan(
      DiskHistory.definition, set: DiskHistory.edits[edit])
    try after.expectRun(plan, of: history.workshop, gives: history.outputs[edit])
  }
}
