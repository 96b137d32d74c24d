import Datasets
import Foundation
import Models
import Testing

struct BeamSearchGoldenTests {
  @Test func `the best hypotheses are fairseq's, word for word`() throws {
    let files = try GoldenFile.all(named: "convs2s-")
    for file in files {
      let golden = try ConvS2SGolden(file)
      let expected = try GoldenSearch(beside: file)
      var search = BeamSearch()
      search.width = expected.case.beam.size
      search.maximumLengthPerSourceWord = expected.case.beam.maxLenA
      search.maximumLengthBeyond = expected.case.beam.maxLenB
      search.lengthPenalty = expected.case.beam.lengthPenalty
      let found = ConvS2STranslator(golden.model, golden.parameters)
        .translate(golden.batch.source, search)
      for (hypotheses, stored) in zip(found, expected.beamHypotheses) {
        #expect(hypotheses.map(\.words) == stored.map(\.tokens), "\(file.name)")
        for (one, other) in zip(hypotheses, stored) {
          #expect(abs(one.score - other.score) < 1e-4)
          #expect(zip(one.wordScores, other.positionalScores).allSatisfy { abs($0 - $1) < 1e-4 })
        }
      }
    }
    print("golden convs2s-* searches: \(files.count) files")
  }
}

/// What fairseq found for each source of a case.
private struct GoldenSearch: Decodable {
  struct Found: Decodable {
    let tokens: [Int32]
    let score: Float
    let positionalScores: [Float]
  }

  struct Case: Decodable {
    let beam: Beam
  }

  struct Beam: Decodable {
    let size: Int
    let maxLenA: Double
    let maxLenB: Int
    let lengthPenalty: Float
  }

  let `case`: Case
  let beamHypotheses: [[Found]]

  init(beside file: GoldenFile) throws {
    let url = file.url.deletingPathExtension().appendingPathExtension("json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(Self.self, from: Data(contentsOf: url))
  }
}
