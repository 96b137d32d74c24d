/// The longest row of a person's file that is read unless asked otherwise.
///
/// Memory for a row is a few times its length, whatever is in the file, so longer rows are refused.
package enum RowLimit {
  package static let megabytes = 32
  package static let bytes = megabytes << 20

  /// What to do about a row that is longer and is meant to be.
  static let remedy = "set row-limit to as many megabytes as a row has"
}
