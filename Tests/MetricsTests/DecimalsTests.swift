import Metrics
import Testing

@Suite struct DecimalsTests {
  @Test(arguments: [
    (0.25, 1, "0.2"), (0.35, 1, "0.3"), (0.75, 1, "0.8"), (2.675, 2, "2.67"), (1.005, 2, "1.00"),
    (12.35, 1, "12.3"), (99.95, 1, "100.0"), (0, 2, "0.00"), (0.5, 0, "0"), (1.5, 0, "2"),
    (7, 3, "7.000"),
  ])
  func `decimals are those of the exact value, as Python prints them`(
    number: Double, digits: Int, text: String
  ) { #expect(fixed(number, digits: digits) == text) }
}
