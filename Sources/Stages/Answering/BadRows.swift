/// What becomes of rows of an input that cannot be read.
package enum BadRows: String, CaseIterable, Sendable {
  /// Nothing is written.
  case stop
  /// They are left out.
  case skip
  /// An empty row stands for each.
  case blank
}
