import Artifacts
import Digests
import Files
import Fixtures
import Foundation
import LyingDisks
import Testing

struct CommitCrashTests {
  @Test func `a process that ends at any step leaves all or nothing, and the next one goes on`()
    throws
  {
    var step = 0
    var crashed = true
    while crashed {
      let folder = try TemporaryFolder()
      let process = EndingProcess(before: step)
      let dying = ArtifactStore(root: folder.path("store"), files: process)
      let record = try? work(in: dying)
      crashed = process.hasEnded

      let next = ArtifactStore(root: folder.path("store"), isDurable: false)
      let key = BLAKE3.digest(of: "kind test 1\n")
      if let found = try next.record(for: key) {
        for output in found.outputs { #expect(try next.isIntact(output.digest), "step \(step)") }
      }
      #expect(try record == nil || next.record(for: key) == record, "step \(step)")
      let again = try work(in: next)
      #expect(try next.record(for: key)?.outputs == again.outputs, "step \(step)")
      #expect(next.verifyAll().isSound, "step \(step)")
      next.sweepTemporaryFiles()
      #expect(try names(in: folder.path("store/tmp")).isEmpty, "step \(step)")
      #expect(next.takeNotices().isEmpty)
      step += 1
    }
    print("commit protocol: \(step - 1) steps, each tried as the last")
    #expect(step > 10)
  }

  private func work(in store: ArtifactStore) throws -> Record {
    var outputs: [RecordedOutput] = []
    for port in ["text", "counts"] {
      var draft = try store.makeDraft()
      try draft.write("contents of \(port)\n")
      try draft.write([UInt8](repeating: 7, count: 1_100_000))
      let object = try draft.commit()
      outputs.append(
        RecordedOutput(
          port: port, type: "Table", digest: object.digest, byteCount: object.byteCount))
    }
    let record = Record(keyText: "kind test 1\n", outputs: outputs)
    return try store.commit(record)
  }

  private func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path)
  }
}
