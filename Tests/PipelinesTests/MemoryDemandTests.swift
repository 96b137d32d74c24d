import Diagnostics
import Pipelines
import Testing

struct MemoryDemandTests {
  @Test(arguments: [
    (137_438_953_472, "137 GB"), (2_500_000_000, "2.5 GB"),
    (Int.max, "more bytes than can be counted"),
  ])
  func `a shortage names what is wanted and what there is`(_ byteCount: Int, _ wanted: String) {
    let demand = MemoryDemand(byteCount: byteCount, for: "training", remedy: "lower hidden")
    #expect(
      demand.shortage(of: 2_400_000_000)
        == Diagnostic.Message(
          "training would need at least \(wanted); this machine gives 2.4 GB",
          remedy: "lower hidden"))
    #expect(demand.shortage(of: byteCount) == nil)
  }

  @Test func `an estimate says that it is one`() {
    let demand = MemoryDemand(
      byteCount: 2_500_000_000, for: "training", remedy: "lower hidden", isEstimate: true)
    #expect(
      demand.shortage(of: 2_400_000_000)?.problem
        == "training would need about 2.5 GB; this machine gives 2.4 GB")
  }
}
