import Testing
import Training

struct ScheduleTests {
  /// The rates of epochs of one step each, the loss of each epoch given beforehand.
  private func rates(
    _ schedule: Schedule, losses: [Double] = [], count: Int, of total: Int = 10
  ) -> [Double] {
    (0..<count).map { epoch in
      schedule.rate(
        at: .init(step: epoch, epoch: epoch, stepsPerEpoch: 1, totalEpochs: total),
        losses: Array(losses.prefix(epoch)))
    }
  }

  private func agree(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($1)) }
  }

  @Test func `a constant rate stays`() {
    #expect(rates(Schedule(peak: 0.5), count: 3) == [0.5, 0.5, 0.5])
  }

  @Test func `a warm-up climbs in a straight line to the peak`() {
    #expect(
      agree(rates(Schedule(peak: 1, warmUp: .steps(4)), count: 6), [0.25, 0.5, 0.75, 1, 1, 1]))
  }

  @Test func `a warm-up by share climbs over that part of all steps, rounded up`() {
    let schedule = Schedule(peak: 1, shape: .linear, warmUp: .share(0.15))
    #expect(
      agree(rates(schedule, count: 10, of: 10), [0.5, 1] + (0..<8).map { 1 - Double($0) / 8 }))
    let constant = Schedule(peak: 1, warmUp: .share(0.5))
    #expect(agree(rates(constant, count: 4, of: 4), [0.5, 1, 1, 1]))
    #expect(rates(Schedule(peak: 1, warmUp: .share(0)), count: 2) == [1, 1])
  }

  @Test func `a warm-up by share depends on the number of epochs and is not ended by a minimum`() {
    let schedule = Schedule(
      peak: 1, shape: .step(epochs: 1, factor: 0.1), warmUp: .share(0.5), minimum: 0.2)
    #expect(schedule.dependsOnTotal)
    #expect(!Schedule(peak: 1, warmUp: .share(0)).dependsOnTotal)
    func ends(_ step: Int) -> Bool {
      schedule.isExhausted(
        at: .init(step: step, epoch: step, stepsPerEpoch: 1, totalEpochs: 10), losses: [])
    }
    #expect(!ends(0) && !ends(4))
    #expect(ends(5))
  }

  @Test func `a linear decay is at nothing after the last step`() {
    #expect(
      agree(
        rates(Schedule(peak: 1, shape: .linear), count: 4, of: 4), [1, 0.75, 0.5, 0.25]))
    #expect(
      agree(
        rates(Schedule(peak: 1, shape: .linear, warmUp: .steps(2)), count: 6, of: 6),
        [0.5, 1, 1, 0.75, 0.5, 0.25]))
  }

  @Test func `a cosine is halfway down in the middle`() {
    let found = rates(Schedule(peak: 2, shape: .cosine), count: 5, of: 4)
    #expect(agree(found, [2, 1 + 0.5.squareRoot(), 1, 1 - 0.5.squareRoot(), 0]))
  }

  @Test func `the inverse square root meets its warm-up at the peak`() {
    let found = rates(Schedule(peak: 1, shape: .inverseSquareRoot, warmUp: .steps(4)), count: 16)
    #expect(agree(Array(found[2...4]), [0.75, 1, (4 / 5.0).squareRoot()]))
    #expect(agree([found[15]], [0.5]))
  }

  @Test func `a step schedule shrinks the rate every so many epochs`() {
    let schedule = Schedule(peak: 1, shape: .step(epochs: 2, factor: 0.5))
    #expect(rates(schedule, count: 6) == [1, 1, 0.5, 0.5, 0.25, 0.25])
  }

  @Test func `force-anneal shrinks each epoch after the ones it spares`() {
    let schedule = Schedule(peak: 1, shape: .anneal(after: 2, factor: 0.5))
    #expect(rates(schedule, count: 5) == [1, 1, 0.5, 0.25, 0.125])
  }

  @Test func `fairseq's plateau shrinks after each epoch that is not better by a ten-thousandth`() {
    let schedule = Schedule(
      peak: 0.25, shape: .plateau(factor: 0.1, patience: 0, threshold: 1e-4))
    let losses = [5, 4, 4.1, 3.9, 3.8999, 3.5]
    #expect(
      agree(
        rates(schedule, losses: losses, count: 7),
        [0.25, 0.25, 0.25, 2.5e-2, 2.5e-2, 2.5e-3, 2.5e-3]))
  }

  @Test func `a patient plateau waits and then starts waiting again`() {
    let schedule = Schedule(peak: 1, shape: .plateau(factor: 0.5, patience: 1, threshold: 0))
    #expect(
      rates(schedule, losses: [3, 3, 3, 3, 3, 2], count: 7) == [1, 1, 1, 0.5, 0.5, 0.25, 0.25])
  }

  @Test func `a rate at its minimum ends the training, but not while it warms up`() {
    let schedule = Schedule(
      peak: 0.25, shape: .plateau(factor: 0.1, patience: 0, threshold: 1e-4), warmUp: .steps(1),
      minimum: 1e-5)
    func ends(_ worse: Int, step: Int) -> Bool {
      schedule.isExhausted(
        at: .init(step: step, epoch: step, stepsPerEpoch: 1, totalEpochs: 99),
        losses: [1] + [Double](repeating: 2, count: worse))
    }
    #expect(!ends(9, step: 0))
    #expect(!ends(4, step: 5))
    #expect(ends(5, step: 6))
  }

  @Test func `a decay to the last step is not ended by its minimum`() {
    let schedule = Schedule(peak: 1, shape: .cosine, minimum: 0.5)
    let last = Schedule.Moment(step: 9, epoch: 9, stepsPerEpoch: 1, totalEpochs: 10)
    #expect(!schedule.isExhausted(at: last, losses: []))
  }

  @Test func `only decays to the last step depend on the number of epochs`() {
    let shapes: [Schedule.Shape] = [
      .constant, .linear, .cosine, .inverseSquareRoot, .step(epochs: 1, factor: 0.5),
      .anneal(after: 1, factor: 0.5), .plateau(factor: 0.5, patience: 0, threshold: 0),
    ]
    let dependent = shapes.filter { Schedule(peak: 1, shape: $0).dependsOnTotal }
    #expect(dependent == [.linear, .cosine])
  }
}
