import ModelKinds
import Testing

struct LossTroubleTests {
  @Test(
    arguments: [
      ([2.6, 1.2, 0.4], nil),
      ([0.7], nil),
      ([0.41, 0.30, 0.31, 0.33], nil),
      ([0.010, 0.005, 0.012], nil),
      ([5.0, 4.8], .aboveChance(loss: 4.8, chance: 2.64)),
      ([2.0, 0.9, 0.5, 1.4], .rose(from: 0.5, atEpoch: 3, to: 1.4)),
      ([], nil),
    ] as [([Double], LossTrouble?)])
  func `a training that fell and stayed down is no trouble`(
    losses: [Double], trouble: LossTrouble?
  ) {
    #expect(LossTrouble(in: losses, chance: 2.64) == trouble)
  }
}
