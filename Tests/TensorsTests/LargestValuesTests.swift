import Fixtures
import Tensors
import Testing

struct LargestValuesTests {
  /// Values of a few kinds, so that many are equal.
  enum Values: CaseIterable {
    case distinct, few, mostlyMissing, equal, rising, missing

    func value(_ place: Int, _ random: Float) -> Float {
      switch self {
      case .distinct: random
      case .few: (random * 2).rounded()
      case .mostlyMissing: place % 7 == 3 ? random : -.infinity
      case .equal: 1
      case .rising: Float(place)
      case .missing: -.infinity
      }
    }
  }

  @Test(arguments: Values.allCases, [1, 5, 15, 16, 17, 40, 64, 333])
  func `they are the first of all values in order, of equal ones the earlier columns`(
    values: Values, columns: Int
  ) {
    let x = Arena().tensor(rows: 3, columns: columns)
    var random = RandomSource(seed: UInt64(columns))
    random.fillNormal(x, deviation: 3)
    for place in x.indices { x[place] = values.value(place % columns, x[place]) }
    for row in 0..<3 {
      let sorted = (0..<columns).map { ColumnValue(column: $0, value: x[row * columns + $0]) }
        .filter { $0.value > -.infinity }
        .sorted { ($1.value, $0.column) < ($0.value, $1.column) }
      for count in [1, 2, 10, 15, 16, 17, 100] {
        #expect(x.largest(count, inRow: row) == Array(sorted.prefix(count)), "\(count)")
      }
    }
  }
}
