import Chains
import Diagnostics
import Pipelines
import Text

extension RowPath {
  /// The files and the line of a row where it was loaded, as `data/test.tsv.gz:456`.
  package func place(of origin: Origin, loadedBy stage: Int) -> String {
    guard let load = stages[stage].stage as? any LoadsRows else { return "line \(origin)" }
    return load.places(of: origin).map(\.description).joined(separator: " ")
  }

  /// Whether the line alone does not tell where a row was loaded from.
  var hasSeveralFiles: Bool { loaders.reduce(0) { $0 + $1.rowFiles.count } > 1 }

  private var loaders: [any LoadsRows] { stages.compactMap { $0.stage as? any LoadsRows } }

  /// The short form, `test.tsv.gz:456`, or the line alone where all rows of the plan are of one file.
  package func shortPlace(of origin: Origin, loadedBy stage: Int) -> String {
    guard hasSeveralFiles, let load = stages[stage].stage as? any LoadsRows else {
      return "\(origin)"
    }
    let paths = Set(loaders.flatMap { $0.rowFiles.flatMap(\.self) })
    return load.places(of: origin).map { place in
      let name = Self.shortName(of: place.file, among: paths)
      return Place(file: name, line: place.line).description
    }.joined(separator: " ")
  }

  /// The end of a path that no other path has; of a file in a folder that is a path, the folder's too.
  private static func shortName(of path: String, among paths: Set<String>) -> String {
    let steps = path.split(separator: "/")
    if !paths.contains(path), let file = steps.last {
      let folder = String(path.dropLast(file.count + 1))
      return paths.contains(folder) ? "\(shortName(of: folder, among: paths))/\(file)" : path
    }
    for length in 1...max(1, steps.count) {
      let name = steps.suffix(length).joined(separator: "/")
      if paths.count(where: { $0 == name || $0.hasSuffix("/\(name)") }) <= 1 { return name }
    }
    return path
  }
}
