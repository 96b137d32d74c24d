import Executors
import Testing

struct JobAbsenceTests {
  /// What is known of a job at one second after another, and the seconds of absence.
  private static let courses: [(String, [(isGone: Bool, isClaimed: Bool)], [Double])] = [
    ("it lives", [(false, false), (false, true)], [0, 0]),
    ("it has ended", [(false, false), (true, false), (true, false), (true, false)], [0, 0, 1, 2]),
    (
      "its worker is at work and then lets go of the claim",
      [(true, false), (true, false), (true, true), (true, true), (true, false), (true, false)],
      [0, 1, 0, 0, 0, 1]
    ),
    (
      "it is listed again", [(true, false), (true, false), (false, false), (true, false)],
      [0, 1, 0, 0]
    ),
  ]

  @Test(arguments: courses)
  func `a job is absent from when it is gone and nobody has the claim`(
    _ name: String, _ known: [(isGone: Bool, isClaimed: Bool)], _ expected: [Double]
  ) {
    var absence = JobAbsence()
    let start = ContinuousClock.now
    let seconds = known.enumerated().map { second, known in
      absence.note(
        isGone: known.isGone, isClaimed: known.isClaimed, at: start + .seconds(second))
    }
    #expect(seconds == expected, "\(name)")
  }
}
