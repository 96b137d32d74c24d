import Diagnostics
import Testing

@Suite struct `Numbers are spelled as people read them` {
  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-12_345, "-12,345")])
  func `counts are grouped by thousands`(number: Int, text: String) {
    #expect(Spelling.count(number) == text)
  }

  @Test func `a counted noun has its plural`() {
    #expect(Spelling.count(1, "row") == "1 row")
    #expect(Spelling.count(2000, "row") == "2,000 rows")
    for (noun, several) in [
      ("class", "classes"), ("batch", "batches"), ("entry", "entries"), ("day", "days"),
      ("more class", "more classes"), ("byte", "bytes"), ("epoch", "epochs"), ("", "s"),
    ] {
      #expect(Spelling.count(1, noun) == "1 \(noun)" && Spelling.count(2, noun) == "2 \(several)")
    }
  }

  @Test(arguments: [
    (0.0042, "4.2 ms"), (0.05, "50 ms"), (8.44, "8.4 s"), (125, "2 m 05 s"), (4320, "1 h 12 m"),
    (-1, "?"), (.nan, "?"),
  ])
  func `durations have the unit that fits`(seconds: Double, text: String) {
    #expect(Spelling.duration(seconds) == text)
  }

  @Test(arguments: [(0, "0 B"), (999, "999 B"), (1200, "1.2 kB"), (34_000_000, "34 MB")])
  func `sizes have the unit that fits`(count: Int, text: String) {
    #expect(Spelling.bytes(count) == text)
  }

  @Test(arguments: [
    (0, "0.0 %"), (0.0001, "<0.1 %"), (0.123, "12.3 %"), (0.9999, ">99.9 %"), (1, "100.0 %"),
  ])
  func `a share is 0 or 100 per cent only when it is just that`(share: Double, text: String) {
    #expect(Spelling.percent(share) == text)
  }

  @Test(arguments: [
    (0, "0"), (0.4, "0.400"), (-0.0123, "-0.01230"), (12.345, "12.35"), (456.78, "456.8"),
    (12_345.6, "12,346"), (0.000056, "5.6e-5"), (3e12, "3.0e12"), (.infinity, "inf"),
  ])
  func `measures keep the digits that count`(number: Double, text: String) {
    #expect(Spelling.measure(number) == text)
  }

  @Test func `measures that are read together have equally many decimals`() {
    #expect(Spelling.measures([-0.5351, -0.0659, -0.172]) == ["-0.5351", "-0.0659", "-0.1720"])
    #expect(Spelling.measures([1234, 0.5]) == ["1,234", "0.500"])
    #expect(Spelling.measures([]) == [])
  }

  @Test func `decimals are fixed in number, or as many as needed`() {
    #expect(Spelling.fixed(0.5, places: 3) == "0.500")
    #expect(Spelling.fixed(-0.0001, places: 2) == "0.00")
    #expect(Spelling.rounded(0.5, places: 3) == "0.5")
    #expect(Spelling.rounded(2.0 / 3, places: 4) == "0.6667")
  }
}
