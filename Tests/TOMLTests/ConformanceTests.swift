import Diagnostics
import Fixtures
import Foundation
import TOML
import Testing

/// The official suite, toml-lang/toml-test, files of TOML 1.0.0.
@Suite struct ConformanceTests {
  @Test func `every valid file of the official suite means what its JSON says`() throws {
    guard let folder = Folders.conformance?.appending(path: "toml/valid") else {
      Folders.sayNotRun("TOML conformance, valid", missing: "MILLRACE_CONFORMANCE")
      return
    }
    let files = Folders.files(below: folder, ending: ".toml")
    for file in files {
      let bytes = Array(try Data(contentsOf: file))
      let document = try TOMLDocument.parse(bytes, file: file.lastPathComponent)
      let json = try Data(contentsOf: file.deletingPathExtension().appendingPathExtension("json"))
      let expected = try JSONSerialization.jsonObject(with: json)
      let found = self.difference(TOMLValue.table(document.root), expected, at: "")
      #expect(found == nil, "\(file.path)")
    }
    print("TOML conformance: \(files.count) valid files")
    #expect(!files.isEmpty)
  }

  @Test func `every invalid file of the official suite is refused at a place in it`() throws {
    guard let folder = Folders.conformance?.appending(path: "toml/invalid") else {
      Folders.sayNotRun("TOML conformance, invalid", missing: "MILLRACE_CONFORMANCE")
      return
    }
    let files = Folders.files(below: folder, ending: ".toml")
    for file in files {
      let bytes = Array(try Data(contentsOf: file))
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      do throws(Diagnostic) {
        _ = try TOMLDocument.parse(bytes, file: file.lastPathComponent)
        Issue.record("accepted: \(file.path)")
      } catch {
        #expect((1...lines.count).contains(error.place?.line ?? 0), "\(file.path)")
        #expect(error.excerpt != nil && error.message.remedy != nil, "\(file.path)")
      }
    }
    print("TOML conformance: \(files.count) invalid files")
    #expect(!files.isEmpty)
  }

  /// What differs between a value and the suite's typed JSON; nil when they mean the same.
  private func difference(_ value: TOMLValue, _ expected: Any, at path: String) -> String? {
    switch (value, expected) {
    case (.array(let nodes), let elements as [Any]):
      guard nodes.count == elements.count else { return "\(path): \(nodes.count) elements" }
      for (i, (node, element)) in zip(nodes, elements).enumerated() {
        if let found = difference(node.value, element, at: "\(path)[\(i)]") { return found }
      }
      return nil
    case (.table(let table), let members as [String: Any]):
      guard Set(table.keys) == Set(members.keys) else { return "\(path): keys \(table.keys)" }
      for entry in table.entries {
        guard let member = members[entry.key] else { return "\(path): \(entry.key)" }
        let inner = "\(path).\(entry.key)"
        if let found = difference(entry.node.value, member, at: inner) { return found }
      }
      return nil
    case (let scalar, let typed as [String: String]):
      let isEqual = equals(scalar, type: typed["type"] ?? "", text: typed["value"] ?? "")
      return isEqual ? nil : "\(path): \(scalar) is not \(typed)"
    default:
      return "\(path): \(value) is not \(expected)"
    }
  }

  private func equals(_ value: TOMLValue, type: String, text: String) -> Bool {
    switch (value, type) {
    case (.string(let string), "string"): Array(string.utf8) == Array(text.utf8)
    case (.integer(let number), "integer"): number == Int64(text)
    case (.boolean(let flag), "bool"): flag == Bool(text)
    case (.float(let number), "float"):
      number == Double(text) || number.isNaN && text.hasSuffix("nan")
    case (.offsetDateTime, "datetime"), (.localDateTime, "datetime-local"),
      (.localDate, "date-local"), (.localTime, "time-local"):
      value == (try? TOMLValue.parse(text, origin: "json"))?.value
    default: false
    }
  }
}
