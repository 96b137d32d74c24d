import Diagnostics
import Fixtures
import Foundation
import HostileInputs
import Testing
import Text

struct NastyFilesTests {
  @Test func `every nasty file passes or is refused as its suite expects`() throws {
    guard let folder = Folders.data?.appending(path: "nasty") else {
      return Folders.sayNotRun("nasty files", missing: "MILLRACE_DATA")
    }
    for file in NastyFile.all {
      let bytes = try contents(of: folder.appending(path: file.path))
      for step in [3, 4096, .max] { check(file, bytes, step: step, in: folder) }
    }
    let listed = Set(NastyFile.all.map(\.path))
    let found = Folders.files(below: folder, ending: "").filter { !$0.hasDirectoryPath }
    let paths = found.map { String($0.path.dropFirst(folder.path.count + 1)) }.filter {
      $0.contains(".") && !NastyFile.isCompanion($0)
    }
    #expect(paths.filter { !listed.contains($0) } == [], "files without an expectation")
    print("nasty: \(NastyFile.all.count) cases of \(listed.count) files")
  }

  @Test func `the records that commons-csv lists come out the same`() throws {
    guard let folder = Folders.data?.appending(path: "nasty/commons-csv/CSVFileParser") else {
      return Folders.sayNotRun("commons-csv records", missing: "MILLRACE_DATA")
    }
    let controls = Folders.files(below: folder, ending: ".txt").filter {
      $0.lastPathComponent.hasPrefix("test")
    }
    for control in controls {
      let lines = try String(contentsOf: control, encoding: .utf8).split(separator: "\n")
      let settings = lines[0].split(separator: " ").map(String.init)
      let dialect = Dialect {
        $0.strayQuotes = .keep
        $0.trims = settings.contains("IgnoreSpaces=true")
        $0.comment = settings.contains("CommentStart=#") ? UInt8(ascii: "#") : nil
      }
      let found = try records(folder.appending(path: settings[0]), dialect).filter {
        !settings.contains("IgnoreEmpty=true") || !$0.isEmpty
      }
      let shown = found.map { "\(max(1, $0.count)):[\($0.joined(separator: ", "))]" }
      let expected = lines.dropFirst(2).filter { !$0.hasPrefix("#") }.map {
        // Comments are not records here: what commons-csv says of them behind the bracket is cut.
        String($0.prefix(upTo: $0.lastIndex(of: "]") ?? $0.endIndex)) + "]"
      }
      #expect(shown == expected, "\(control.lastPathComponent)")
    }
    #expect(controls.count >= 7)
    print("commons-csv: \(controls.count) record files")
  }

  private func check(_ file: NastyFile, _ bytes: [UInt8], step: Int, in folder: URL) {
    let result = Result { () throws(Diagnostic) in
      try Rows(
        bytes, step: step, file: "f", dialect: file.dialect, encoding: file.encoding,
        columns: file.columns, malformedRows: file.malformedRows)
    }
    switch (file.expectation, result) {
    case (.json(let path), .success(let rows)):
      #expect(json(folder.appending(path: path), matches: rows), "\(file.path): \(rows)")
    case (.rows(let count, let first, let last), .success(let rows)):
      #expect(rows.fields.count == count, "\(file.path)")
      #expect(rows.fields.first?.starts(with: first) == true, "\(file.path): \(rows.fields)")
      #expect(rows.fields.last?.starts(with: last) == true, "\(file.path): \(rows.fields)")
    case (.refused(let line, let problem), .failure(let error)):
      #expect(error.place?.line == line, "\(file.path): \(error)")
      #expect(error.message.problem.hasPrefix(problem), "\(file.path): \(error)")
    default:
      Issue.record("\(file.path): expected \(file.expectation), found \(result)")
    }
  }

  /// Whether a JSON array of arrays, or of objects keyed by the header, says the same.
  private func json(_ url: URL, matches rows: Rows) -> Bool {
    let value = (try? Data(contentsOf: url)).flatMap { try? JSONSerialization.jsonObject(with: $0) }
    if let arrays = value as? [[String]] { return arrays == rows.fields }
    let objects = rows.fields.map { Dictionary(uniqueKeysWithValues: zip(rows.columns, $0)) }
    return value as? [[String: String]] == objects
  }

  private func records(_ url: URL, _ dialect: Dialect) throws -> [[String]] {
    var parser = DelimitedParser(dialect, file: url.lastPathComponent)
    var records = Records()
    let bytes = try contents(of: url)
    try parser.consume(bytes.span, into: &records)
    try parser.finish(into: &records)
    return (0..<records.count).map { records.fields(of: $0).map(records.text) }
  }
}
