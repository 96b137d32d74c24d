import Diagnostics
import Fixtures
import Foundation
import Testing
import Text

struct AbbreviationsTests {
  @Test(arguments: MosesLanguage.allCases)
  func `each language knows what Moses's list knows`(language: MosesLanguage) throws {
    guard let folder = Folders.data?.appending(path: "reference/moses-nonbreaking-prefixes") else {
      return Folders.sayNotRun("Moses prefixes", missing: "MILLRACE_DATA")
    }
    let file = folder.appending(path: "nonbreaking_prefix.\(language.rawValue)")
    let reference = try read(try Corpus.bytes(of: file), file: file.path)
    // Words with a stop or a symbol inside never reach the list.
    let reachable = reference.entries.filter { !$0.word.contains("/") && !$0.word.contains(".") }
    let known = Set(Abbreviations.of(language).entries.map { "\($0.word) \($0.kind)" })
    #expect(known.symmetricDifference(reachable.map { "\($0.word) \($0.kind)" }).isEmpty)
  }

  @Test func `a file of one's own is read in Moses's format`() throws {
    let text = Array("# comment\nbzw\r\nNo #NUMERIC_ONLY# \n\n0\nz. B\n".utf8)
    let entries = try read(text, file: "mine.txt").entries
    #expect(entries.map(\.word) == ["No", "bzw", "z. B"])
    #expect(entries.map(\.kind) == [.beforeNumber, .always, .always])
  }

  @Test func `a line that is not UTF-8 is refused with its number`() {
    let text: [UInt8] = [0x61, 0x0A, 0xFF, 0x0A]
    let error = #expect(throws: Diagnostic.self) {
      try read(text, file: "mine.txt")
    }
    #expect(error?.description.hasPrefix("mine.txt:2: error: the line is not UTF-8") == true)
  }

  private func read(_ text: [UInt8], file: String) throws(Diagnostic) -> Abbreviations {
    try Abbreviations(parsing: text.span, file: file)
  }
}
