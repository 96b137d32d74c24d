import Testing

extension DataDiagnostics {
  /// Options of `load` that meet a problem, or with a table before them all stages that do.
  struct Example: CustomTestStringConvertible, Sendable {
    let options: String
    let told: String

    var testDescription: String { options }

    init(_ options: String, _ told: String) {
      self.options = options
      self.told = told
    }

    /// The definition, every path of it in the folder.
    func definition(in folder: String) -> String {
      let text = options.contains("[stage.") ? options : "[stage.load]\n\(options)"
      return text.replacing(#/"(?<file>[\w.-]+\.(csv|gz|txt|tsv))"/#) { "\"\(folder)/\($0.file)\"" }
    }
  }
}
