/// Full Unicode lower-casing of each scalar by itself: `İ` becomes two scalars, `Σ` always `σ`.
package enum Lowercase {
  /// Appends the lower-cased text.
  package static func apply(_ text: Span<UInt8>, into output: inout [UInt8]) {
    var scalars = ScalarText(text)
    apply(to: &scalars)
    scalars.append(to: &output)
  }

  static func apply(to text: inout ScalarText) {
    let table = Self.table
    guard text.units.contains(where: { $0 >= tabled || table[Int($0)] != $0 }) else { return }
    text.rebuild(capacity: text.units.count * longestMapping) { old, new in
      for index in old.indices {
        let unit = old[index]
        let lower = unit < tabled ? table[Int(unit)] : several
        if lower != several { new.append(lower) } else { appendMapping(of: unit, to: &new) }
      }
    }
  }

  /// The lower case of a scalar where it is tabled and is one scalar.
  static func single(_ unit: UInt32) -> UInt32? {
    guard unit < tabled, table[Int(unit)] != several else { return nil }
    return table[Int(unit)]
  }

  private static let tabled: UInt32 = 0x600
  /// No scalar's lower case has more scalars.
  private static let longestMapping = 3
  /// In the table: this scalar's lower case is more than one scalar.
  private static let several = UInt32.max

  private static let table: [UInt32] = (0..<tabled).map { unit in
    let mapping = Unicode.Scalar(unit)?.properties.lowercaseMapping.unicodeScalars.map(\.value)
    return mapping?.count == 1 ? mapping?.first ?? unit : several
  }

  private static func appendMapping(of unit: UInt32, to output: inout OutputSpan<UInt32>) {
    guard let properties = Unicode.Scalar(unit)?.properties, properties.changesWhenLowercased else {
      return output.append(unit)
    }
    for scalar in properties.lowercaseMapping.unicodeScalars.prefix(longestMapping) {
      output.append(scalar.value)
    }
  }
}
