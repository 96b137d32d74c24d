enum DataDiagnostics {
  static let all: [Example] = []
}
