import Diagnostics
import Text

/// A change of each batch of a table, and the columns after it.
package struct TableChange {
  /// What a batch becomes, and which of its rows are left out.
  package struct Rows: Sendable {
    package let rows: RowBatch
    package let dropped: DroppedRows

    package init(_ rows: RowBatch, dropped: DroppedRows = DroppedRows()) {
      self.rows = rows
      self.dropped = dropped
    }
  }

  /// A change of single fields: `apply` does the same to the fields of every row that is kept.
  package struct Fields: Sendable {
    /// The positions of the columns that are changed.
    package let columns: Set<Int>
    package let transform: any FieldTransform
    /// Whether a row is kept, as far as a changed field of it tells; nil for all.
    package let keeps: (@Sendable (Span<UInt8>) -> Bool)?

    package init(
      _ columns: Set<Int>, _ transform: any FieldTransform,
      keeps: (@Sendable (Span<UInt8>) -> Bool)? = nil
    ) {
      self.columns = columns
      self.transform = transform
      self.keeps = keeps
    }
  }

  package let columns: [String]
  /// Whether what it makes of a row depends on the fields of the row and the stage's key alone, so that
  /// what an earlier run made of the same rows can be used.
  package let isByRow: Bool
  /// What else decides what it makes of a row: what is in no line of the stage's key that stays.
  package let conditions: [String]
  package let apply: @Sendable (RowBatch) throws(Diagnostic) -> Rows
  /// What is done to each batch afterwards, one after the other; nil for nothing.
  package let settle: ((RowBatch) -> Rows)?
  /// What `apply` does to fields, where it does nothing else; nil where it does.
  package let fields: Fields?

  package init(
    columns: [String], isByRow: Bool, conditions: [String] = [],
    settle: ((RowBatch) -> Rows)? = nil, fields: Fields? = nil,
    apply: @escaping @Sendable (RowBatch) throws(Diagnostic) -> Rows
  ) {
    self.columns = columns
    self.isByRow = isByRow && settle == nil
    self.conditions = conditions
    self.apply = apply
    self.settle = settle
    self.fields = settle == nil ? fields : nil
  }
}
