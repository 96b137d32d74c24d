import Fixtures
import Foundation
import HostileInputs
import Testing

/// What comes from outside, damaged in all ways: read or refused, in bounded time.
struct HostileInputsTests {
  /// Far more than any input of these sizes needs, on a slow machine too.
  private static let mostTime = Duration.seconds(20)

  @Test(arguments: HostileFormat.all)
  func `no bytes do more than be read or refused`(_ format: HostileFormat) throws {
    let folder = Folders.fixtures.appending(path: "hostile/\(format.name)")
    let samples = try Folders.files(below: folder, ending: "").map { file in
      Array(try Data(contentsOf: file))
    }
    for sample in samples { #expect(format.answer(to: sample) == .read) }
    let seeds = Effort.seeds(1, atNight: 250)
    var (readCount, refusedCount) = (0, 0)
    for seed in seeds {
      for copy in DamagedCopies(of: samples, words: format.words, count: 4_000, seed: seed) {
        var answer = HostileFormat.Answer.refused
        let time = ProcessorTime.ofThread { answer = format.answer(to: copy) }
        if time > Self.mostTime { Issue.record("\(time), seed \(seed): \(copy)") }
        switch answer {
        case .read: readCount += 1
        case .refused: refusedCount += 1
        case .violation(let text): Issue.record("\(text)\nseed \(seed): \(copy)")
        }
      }
    }
    #expect(readCount > 0 && refusedCount > 0)
    print("hostile \(format): \(readCount) read, \(refusedCount) refused")
  }

  @Test func `every folder of samples has its format`() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Folders.fixtures.appending(path: "hostile").path)
    #expect(Set(folders) == Set(HostileFormat.all.map(\.name)))
  }
}
