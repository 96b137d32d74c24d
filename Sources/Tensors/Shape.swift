/// The extents of a tensor, outermost first; the last one is contiguous in memory.
package struct Shape: Hashable, Sendable {
  package let extents: [Int]

  package init(_ extents: [Int]) {
    precondition(extents.allSatisfy { $0 >= 0 }, "negative extent in \(extents)")
    self.extents = extents
  }

  /// How many scalars a tensor of this shape holds; 1 for a scalar, `Int.max` for more than that.
  package var count: Int { Self.product(extents[...]) }

  /// The product of all extents but the last: the rows of the tensor seen as a matrix.
  package var rows: Int { Self.product(extents.dropLast()) }

  /// The last extent; 1 for a scalar.
  package var columns: Int { extents.last ?? 1 }

  private static func product(_ extents: ArraySlice<Int>) -> Int {
    extents.contains(0) ? 0 : extents.reduce(1) { $0.saturatingTimes($1) }
  }
}

extension Shape: ExpressibleByArrayLiteral {
  package init(arrayLiteral extents: Int...) { self.init(extents) }
}

extension Shape: CustomStringConvertible {
  package var description: String {
    "[" + extents.map(String.init).joined(separator: ", ") + "]"
  }
}
