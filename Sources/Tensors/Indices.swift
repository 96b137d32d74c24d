/// A row of 32-bit integers in an arena: token ids, row numbers, lengths.
///
/// A view like `Tensor`, valid until the arena is reset.
@safe
package struct Indices {
  package let count: Int
  @usableFromInline package let base: UnsafeMutablePointer<Int32>

  /// - Safety: `base` must stay valid for `count` integers as long as the view is used.
  @unsafe
  package init(at base: UnsafeMutablePointer<Int32>, count: Int) {
    self.count = count
    unsafe self.base = base
  }

  package var span: Span<Int32> {
    @_lifetime(borrow self) get { unsafe Span(_unsafeStart: base, count: count) }
  }

  package var values: MutableSpan<Int32> {
    @_lifetime(borrow self) get { unsafe MutableSpan(_unsafeStart: base, count: count) }
  }

  package subscript(index: Int) -> Int {
    precondition(0 <= index && index < count, "index \(index) of \(count)")
    return unsafe Int(base[index])
  }
}
