import Text

/// A column that says which part a row is in: `split` with train, dev and test.
struct PartColumn {
  let name: String
  /// The values that stand for parts, the training part first.
  let values: [(part: PartName, value: String)]

  /// The column of a table that names parts; nil where none does.
  init?(in sample: TableSample) {
    for column in sample.columns {
      guard let name = column.name, Self.names.contains(name.lowercased()) else { continue }
      let values = Set(column.values.filter { !$0.isBlank }.map(\.withoutEdgeBlanks))
      let named = PartName.allCases.compactMap { part -> (part: PartName, value: String)? in
        let own = values.filter { PartName($0) == part }
        return own.count == 1 ? own.first.map { (part, $0) } : nil
      }
      guard named.first?.part == .train, named.count > 1, named.count == values.count else {
        continue
      }
      self.name = name
      self.values = named
      return
    }
    return nil
  }

  private static let names = ["split", "part", "partition", "set", "subset", "fold", "usage"]

  /// The stage that deals rows out by the column, and where a part is missing, another one that draws
  /// it from the training part.
  func stages(from rows: String) -> String {
    let given = values.map { "\($0.part.rawValue) = \(StarterDefinition.quoted($0.value))" }
      .joined(separator: ", ")
    let isWhole = values.count == PartName.allCases.count
    let named = """
      [stage.\(isWhole ? "split" : "named")]
      kind = "split"
      from = "\(rows)"
      \(StarterDefinition.aligned("by = \(StarterDefinition.quoted(name))", "the column that says which part a row is in"))
      parts = { \(given) }
      """
    guard !isWhole else { return named }
    let known = values.map(\.part)
    let held = known.contains(.test) ? "test" : "valid"
    return named + """


      [stage.split]
      from = "named.train"
      parts = { train = 0.9, valid = 0.1, test = "named.\(held)" }
      stratify = "label"                     # both have their share of each class
      """
  }
}
