import Foundation

/// The lines of the files that rows of a page were loaded from.
struct LoadedLines {
  private var files: [String: [[String]]] = [:]
  /// The file that a bare line number is of.
  private let first: String

  /// - Parameter paths: files of comma- or tab-separated values, `.gz` too, without line breaks in fields.
  init(_ paths: [URL]) throws {
    first = paths[0].lastPathComponent
    for path in paths { files[path.lastPathComponent] = try Self.fields(of: path) }
  }

  /// The fields of the line at a place: `test.csv:12`, or `1,200` in the first file.
  func fields(at place: String) -> [String]? {
    let parts = place.split(separator: ":")
    let file = parts.count > 1 ? parts.dropLast().joined(separator: ":") : first
    guard let lines = files[file], let line = Int(parts.last?.filter { $0 != "," } ?? ""),
      lines.indices.contains(line - 1)
    else { return nil }
    return lines[line - 1]
  }

  private static func fields(of path: URL) throws -> [[String]] {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", path.pathExtension == "gz" ? "gzip -dc \"$0\"" : "cat \"$0\"", path.path,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let isTabbed = path.lastPathComponent.contains(".tsv")
    return String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map {
      isTabbed
        ? $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        : commaSeparated($0)
    }
  }

  private static func commaSeparated(_ line: Substring) -> [String] {
    var fields = [""]
    var isQuoted = false
    var rest = line
    while let character = rest.popFirst() {
      switch (character, isQuoted) {
      case ("\"", true) where rest.first == "\"":
        fields[fields.count - 1].append(rest.removeFirst())
      case ("\"", _): isQuoted.toggle()
      case (",", false): fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }
}
