import Diagnostics
import TOML

/// Reads the definitions of a sweep's points from that of the sweep, and only what is different in them.
package struct PointReader {
  private let base: Definition
  /// The stages as the file has them, with those that the base leaves out.
  private let entries: TOMLTable
  /// The places of the base's stages, by their names.
  private let places: [String: Int]

  /// - Parameter base: what was read of the document without the settings of any point.
  package init(of base: Definition, in document: TOMLDocument) {
    self.base = base
    entries =
      if case .table(let table)? = document.root["stage"]?.value { table } else { TOMLTable() }
    places = Dictionary(
      base.stages.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The base with settings over it, and the problems that these make.
  package func definition(
    with settings: [GivenOverlay]
  ) -> (definition: Definition, problems: [Diagnostic]) {
    var reader = DefinitionReader(source: base.source)
    var stages = base.stages
    let overlay = base.overlay + settings
    for name in Set(settings.compactMap(\.stage)).sorted() {
      guard let entry = entries.entry(name) else { continue }
      let table = reader.stageTable(entry, overlay: overlay.filter { $0.stage == name })
      if let table, let place = places[name] { stages[place] = table }
    }
    let seed = settings.last { $0.stage == nil }.map { reader.seed(in: $0.option) }
    let definition = base.replacing(stages: stages, seed: seed ?? base.seed, overlay: overlay)
    return (definition, reader.problems)
  }
}
