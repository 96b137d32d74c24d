enum DefinitionDiagnostics {
  static let all: [String: String] = [:]
}
