import Fixtures
import Formats
import Foundation
import ModelKinds
import Models
import Tensors
import Testing
import Text
import Training

/// A whole model that fairseq trained, and what it made of a test set.
struct GoldenTranslationTests {
  @Test func `a trained model's translations are fairseq's`() throws {
    guard let folder = Folders.golden?.appending(path: "fairseq-multi30k-de-en"),
      FileManager.default.fileExists(atPath: folder.path)
    else {
      Folders.sayNotRun("golden translations", missing: "MILLRACE_GOLDEN")
      return
    }
    let source = try FairseqDictionary(folder.appending(path: "dict.de.txt"))
    let target = try FairseqDictionary(folder.appending(path: "dict.en.txt"))
    let model = ConvS2S(
      ConvS2S.Configuration(
        .iwslt, sourceVocabularySize: source.words.count,
        targetVocabularySize: target.words.count))
    let weights = try ParameterBuffer(
      model.layout, from: SafetensorsFile(path: folder.appending(path: "model.safetensors").path))
    let codes = [UInt8](try Data(contentsOf: folder.appending(path: "codes")))
    let encoder = try BPEEncoder(Merges(codes: codes.span, file: "codes"))
    let rows = try String(
      contentsOf: folder.appending(path: "test_2016.hypotheses.tsv"), encoding: .utf8
    ).split(separator: "\n").dropFirst()
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
      // A word of which fairseq knew only some pieces cannot be told from what it wrote.
      .filter { !$0[1].contains(/[^ ]<unk>/) }
    let sources = rows.map { row in
      let words = row[1].split(separator: " ").map { word in
        if word == "<unk>" { return String(word) }
        var pieces: [UInt8] = []
        encoder.encode(Array(word.utf8).span, into: &pieces)
        return String(decoding: pieces, as: UTF8.self)
      }
      return source.ids(of: words.joined(separator: " "))
    }
    let clock = ContinuousClock()
    var found: [[Hypothesis]] = []
    let seconds = clock.measure {
      found = TranslationEvaluator(model, cores: 2, blas: .opened)
        .translate(sources, with: weights, BeamSearch())
    }
    let agreeing = zip(found, rows).filter { hypotheses, row in
      target.text(of: hypotheses[0].words) == row[4]
    }
    #expect(agreeing.count * 1000 >= 995 * rows.count, "\(agreeing.count) of \(rows.count)")
    for (hypotheses, row) in agreeing {
      let score = try #require(Float(row[3]))
      #expect(abs(hypotheses[0].score - score) < 1e-3, "sentence \(row[0])")
    }
    print("golden translations: \(agreeing.count) of \(rows.count) equal, in \(seconds)")
  }
}

/// A dictionary file of fairseq's: a word and its count a line, after four that are not written.
private struct FairseqDictionary {
  let words: [String]
  private let numbers: [String: Int32]

  init(_ url: URL) throws {
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    words =
      ["<s>", "<pad>", "</s>", "<unk>"]
      + lines.map { $0.prefix { $0 != " " } }.map(String.init)
    numbers = Dictionary(
      words.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The ids of a line of pieces and the end symbol.
  func ids(of line: String) -> [Int32] {
    line.split(separator: " ").map { numbers[String($0)] ?? 3 } + [2]
  }

  /// The words that pieces make up, without the end symbol.
  func text(of ids: [Int32]) -> String {
    (ids.dropLast().map { words[Int($0)] }.joined(separator: " ") + " ")
      .replacing("@@ ", with: "").trimmingCharacters(in: .whitespaces)
  }
}
