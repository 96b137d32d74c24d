import Fixtures
import Foundation
import Testing
import Text

/// Whole files as the Perl scripts compute them.
struct MosesConformanceTests {
  private typealias Rewrite = (Span<UInt8>, inout [UInt8]) -> Void

  @Test(arguments: MosesLanguage.allCases)
  func `every file of the Moses suite is reproduced line for line`(
    language: MosesLanguage
  ) throws {
    guard let folder = Folders.conformance?.appending(path: "moses") else {
      return Folders.sayNotRun("Moses suite", missing: "MILLRACE_CONFORMANCE")
    }
    var options = MosesTokenizer.Options(language)
    let plain = try MosesTokenizer(options)
    options.escapes = false
    let unescaped = try MosesTokenizer(options)
    options.escapes = true
    options.splitsHyphens = true
    let aggressive = try MosesTokenizer(options)
    let normalizer = PunctuationNormalizer(language)
    let detokenizer = MosesDetokenizer(language)
    let steps: [(name: String, from: String, rewrite: Rewrite)] = [
      ("lowercased", "raw", { Lowercase.apply($0, into: &$1) }),
      ("normalized", "raw", { normalizer.normalize($0, into: &$1) }),
      ("tokenized", "raw", { plain.tokenize($0, into: &$1) }),
      ("tokenized-no-escape", "raw", { unescaped.tokenize($0, into: &$1) }),
      ("tokenized-aggressive", "raw", { aggressive.tokenize($0, into: &$1) }),
      ("detokenized", "tokenized", { detokenizer.detokenize($0, into: &$1) }),
    ]
    var count = 0
    for step in steps {
      for file in Folders.files(below: folder, ending: ".\(language.rawValue).txt")
      where file.lastPathComponent.hasPrefix(step.name + ".") {
        let name = file.lastPathComponent.replacing(step.name + ".", with: step.from + ".")
        let input = try Corpus.lines(of: folder.appending(path: name))
        try compare(input, with: file, step.rewrite)
        count += input.count
      }
    }
    print("Moses suite, \(language.rawValue): \(count) lines")
    #expect(count > 0)
  }

  @Test(arguments: MosesLanguage.allCases)
  func `Multi30k is tokenized as its publishers did`(language: MosesLanguage) throws {
    guard let folder = Folders.data?.appending(path: "translation/multi30k-de-en") else {
      return Folders.sayNotRun("Multi30k", missing: "MILLRACE_DATA")
    }
    var options = MosesTokenizer.Options(language)
    options.lowercases = true
    options.normalizesPunctuation = true
    let tokenizer = try MosesTokenizer(options)
    let ending = ".lc.norm.tok.\(language.rawValue).gz"
    let files = Folders.files(below: folder.appending(path: "tok"), ending: ending)
    for file in files {
      let part = file.lastPathComponent.replacing(ending, with: "")
      let raw = folder.appending(path: "raw/\(part).\(language.rawValue).gz")
      try compare(try Corpus.lines(of: raw), with: file) { tokenizer.tokenize($0, into: &$1) }
    }
    print("Multi30k, \(language.rawValue): \(files.count) files")
    #expect(!files.isEmpty)
  }

  @Test func `IWSLT is detokenized as its publishers did, German by the rules of English`() throws {
    guard let folder = Folders.data?.appending(path: "translation/iwslt14-de-en") else {
      return Folders.sayNotRun("IWSLT", missing: "MILLRACE_DATA")
    }
    let detokenizer = MosesDetokenizer(.english)
    let files = Folders.files(below: folder.appending(path: "detok"), ending: ".gz")
    for file in files {
      let tokens = folder.appending(path: "tok/\(file.lastPathComponent)")
      try compare(try Corpus.lines(of: tokens), with: file) {
        detokenizer.detokenize($0, into: &$1)
      }
    }
    print("IWSLT detokenized: \(files.count) files")
    #expect(!files.isEmpty)
  }

  private func compare(_ input: [[UInt8]], with file: URL, _ rewrite: Rewrite) throws {
    let expected = try Corpus.lines(of: file)
    #expect(input.count == expected.count, "\(file.lastPathComponent)")
    var differing = 0
    for (index, line) in input.enumerated() where index < expected.count {
      var output: [UInt8] = []
      rewrite(line.span, &output)
      if output != expected[index] {
        differing += 1
        if differing <= 3 {
          #expect(
            Corpus.text(output) == Corpus.text(expected[index]),
            "\(file.lastPathComponent):\(index + 1)")
        }
      }
    }
    #expect(differing == 0, "\(file.lastPathComponent)")
  }
}
