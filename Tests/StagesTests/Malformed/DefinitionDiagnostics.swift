/// What a person is told about each definition of `fixtures/malformed`: place, problem, remedy.
enum DefinitionDiagnostics {
  static let all = [syntax, options, rows, edges].reduce(into: [:]) { all, part in
    all.merge(part) { first, _ in first }
  }
}
