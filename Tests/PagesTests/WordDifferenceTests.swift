import Pages
import Testing

struct WordDifferenceTests {
  /// Words that differ stand between brackets.
  private static func spelled(_ runs: [WordDifference.Run]) -> String {
    runs.map { $0.isOther ? "[\($0.text)]" : $0.text }.joined(separator: " ")
  }

  @Test(arguments: [
    (
      "les hommes ne revient pas", "les hommes ne reviennent pas",
      "les hommes ne [revient] pas", "les hommes ne [reviennent] pas"
    ),
    ("a b", "a b", "a b", "a b"),
    ("", "a b", "", "[a b]"),
    ("x y z", "", "[x y z]", ""),
    ("a c", "a b c", "a c", "a [b] c"),
    ("b a", "a b", "[b] a", "a [b]"),
  ])
  func `words that the other does not have in their place are told`(
    translation: String, reference: String, first: String, second: String
  ) {
    let difference = WordDifference(translation, reference)
    #expect(Self.spelled(difference.translation) == first)
    #expect(Self.spelled(difference.reference) == second)
  }
}
