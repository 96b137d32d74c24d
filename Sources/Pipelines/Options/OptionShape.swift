/// What the value of an option looks like, apart from what it means.
package indirect enum OptionShape: Hashable, Sendable {
  case flag
  case integer(ClosedRange<Int>)
  case number(NumberRange)
  case text
  /// One character.
  case character
  case word([String])
  /// A list, or a single element in its place.
  case list(of: OptionShape)
  /// A table of values by names that the definition chooses.
  case table(of: OptionShape)
  case oneOf([OptionShape])
}
