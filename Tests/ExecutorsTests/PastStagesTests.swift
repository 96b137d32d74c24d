import Artifacts
import Executors
import Fixtures
import Testing

struct PastStagesTests {
  @Test func `the last hundred records of a name are kept, as points of a sweep share one`() throws
  {
    let folder = try TemporaryFolder()
    var past = PastStages(in: ArtifactStore(root: folder.path("store")))
    for seconds in 1...150 {
      past.note(
        "train", Record(keyText: "stage  lstm 1\n", outputs: [], seconds: Double(seconds)))
    }
    past.note("other", Record(keyText: "stage  lstm 1\n", outputs: [], seconds: 7))
    let kept = (51...150).map { seconds in
      LearnedNeeds.Work(seconds: Double(seconds), coreSeconds: Double(seconds), peakBytes: 0)
    }
    #expect(past.work(of: "train", kind: "lstm", reading: []) == kept)
    #expect(past.work(of: "other", kind: "lstm", reading: []).count == 1)
    #expect(past.work(of: "train", kind: "convs2s", reading: []).isEmpty)
  }
}
