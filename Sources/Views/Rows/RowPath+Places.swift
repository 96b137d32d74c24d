import Chains
import Pipelines
import Text

extension RowPath {
  /// The files and the line of a row where it was loaded, as `data/test.tsv.gz:456`.
  package func place(of origin: Origin, loadedBy stage: Int) -> String {
    guard let load = stages[stage].stage as? any LoadsRows else { return "line \(origin)" }
    return load.files(of: origin).map { "\($0):\(origin.line)" }.joined(separator: " ")
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
    return load.files(of: origin).map { "\(Self.shortName(of: $0, among: paths)):\(origin.line)" }
      .joined(separator: " ")
  }

  /// The end of a path that no other path has.
  private static func shortName(of path: String, among paths: Set<String>) -> String {
    let steps = path.split(separator: "/")
    for length in 1...max(1, steps.count) {
      let name = steps.suffix(length).joined(separator: "/")
      if paths.count(where: { $0 == name || $0.hasSuffix("/\(name)") }) <= 1 { return name }
    }
    return path
  }
}
