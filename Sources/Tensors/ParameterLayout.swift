/// Where each named parameter of a model lies in one flat buffer.
package struct ParameterLayout: Hashable, Sendable {
  /// One parameter: its name, its shape, its place, and how it starts.
  package struct Entry: Hashable, Sendable {
    package let name: String
    package let shape: Shape
    /// The first scalar, counted in floats from the start of the buffer.
    package let offset: Int
    package let initializer: Initializer
    /// Whether training moves it; what it does not move stays as it starts.
    package let isLearnt: Bool

    package var range: Range<Int> { offset..<offset.saturatingPlus(shape.count) }
  }

  package private(set) var entries: [Entry] = []
  /// The floats of the whole buffer, with the gaps that start each parameter on a cache line;
  /// `Int.max` when there are more, and then no buffer can be made.
  package private(set) var count = 0
  private var places: [String: Int] = [:]

  package init() {}

  /// Appends a parameter and returns its place.
  package mutating func add(
    _ name: String, _ shape: Shape, _ initializer: Initializer, isLearnt: Bool = true
  ) -> Parameter {
    precondition(self[name] == nil, "two parameters named \(name)")
    let entry = Entry(
      name: name, shape: shape, offset: count, initializer: initializer, isLearnt: isLearnt)
    places[name] = entries.count
    entries.append(entry)
    count = count.saturatingPlus((shape.count.saturatingPlus(15)) / 16 * 16)
    return Parameter(
      offset: entry.offset, rows: shape.rows, columns: shape.columns, isLearnt: isLearnt)
  }

  /// The parameters with a vector for each word: those whose row of padding is zero.
  package var wordTables: [Entry] {
    entries.filter { if case .normalExceptRow = $0.initializer { true } else { false } }
  }

  package subscript(name: String) -> Entry? { places[name].map { entries[$0] } }

  /// How many numbers are learnt: the buffer without its gaps.
  package var parameterCount: Int { entries.reduce(0) { $0.saturatingPlus($1.shape.count) } }

  /// The bytes of so many buffers of this layout; `Int.max` when there are more.
  package func byteCount(ofBuffers count: Int) -> Int {
    self.count.saturatingTimes(MemoryLayout<Float>.stride).saturatingTimes(count)
  }
}

/// The place of one parameter in its model's buffers, seen as a matrix.
package struct Parameter: Hashable, Sendable {
  package let offset: Int
  package let rows: Int
  package let columns: Int
  /// Whether a gradient is of use.
  package let isLearnt: Bool

  /// The places of its scalars.
  package var places: Range<Int> { offset..<offset + rows * columns }
}
