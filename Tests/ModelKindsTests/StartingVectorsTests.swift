import Diagnostics
import Fixtures
import Formats
import PipelineFixtures
import Pipelines
import Testing

/// A training whose words start with the vectors of another program.
@Suite(.timeLimit(.minutes(120)))
struct StartingVectorsTests {
  private static let file = """
    film 1 2 3 4 5 6
    song -1 -2 -3 -4 -5 -6
    unheard 9 9 9 9 9 9
    a 0 0 1 1 0 0

    """

  /// Runs the toy pipeline with vectors in a file.
  private func run(_ options: String, file: String = Self.file) throws -> PipelineResult {
    let pipeline = try Toy.pipeline()
    try pipeline.folder.write("vectors.txt", file)
    return try pipeline.run(Toy.definition("epochs = 1\nvectors = \"vectors.txt\"\n\(options)"))
  }

  /// The vector of a word in the trained model.
  private func vector(_ word: String, in result: PipelineResult) throws -> [Float] {
    let lines = String(decoding: try result.bytes("words"), as: UTF8.self).split(separator: "\n")
    let id = try #require(lines.firstIndex { $0.hasPrefix("\(word)\t") })
    return Array(try result.tensors("train.model").values("embedding.weight")[id * 6..<id * 6 + 6])
  }

  @Test func `words have the vectors of the file, and stay at them when frozen`() throws {
    let result = try run("freeze = \"embedding.*\"")
    if let failure = result.failure { throw failure }
    #expect(try vector("film", in: result) == [1, 2, 3, 4, 5, 6])
    #expect(try vector("song", in: result) == [-1, -2, -3, -4, -5, -6])
    #expect(try vector("<pad>", in: result) == [0, 0, 0, 0, 0, 0])
  }

  @Test func `other words vary as much as the vectors do, and none is like another`() throws {
    let result = try run("freeze = \"embedding.*\"")
    let (first, second) = try (vector("book", in: result), vector("meal", in: result))
    // Of the 18 numbers the mean is 1/9 and the mean square 184/18.
    let bound = Float((3 * (184.0 / 18 - 1.0 / 81)).squareRoot())
    #expect((first + second).allSatisfy { abs($0) <= bound })
    #expect((first + second).contains { abs($0) > bound / 2 })
    #expect(first != second)
    #expect(try vector("<unk>", in: result) != [0, 0, 0, 0, 0, 0])
  }

  @Test func `words learn unless they are frozen`() throws {
    let result = try run("")
    if let failure = result.failure { throw failure }
    let learnt = try vector("film", in: result)
    #expect(learnt != [1, 2, 3, 4, 5, 6])
    #expect(zip(learnt, [1, 2, 3, 4, 5, 6]).allSatisfy { abs($0 - $1) < 0.5 })
  }

  @Test func `the file's content is in the key, and no line without one`() throws {
    let lines = StageKey.lines(of: try run("").keyText("train"))
    let other = StageKey.lines(
      of: try run("", file: Self.file + "x 1 1 1 1 1 1\n").keyText("train"))
    func digest(_ lines: [StageKey.Line]) -> String? {
      lines.first { $0.name == "vectors" }?.value
    }
    #expect(digest(lines)?.hasPrefix("b3:") == true)
    #expect(digest(lines) != digest(other))
    let plain = StageKey.lines(
      of: try Toy.pipeline().run(Toy.definition("epochs = 1")).keyText("train"))
    #expect(digest(plain) == nil)
  }

  @Test func `how many words have a vector is recorded, and few are warned of`() throws {
    let result = try run("")
    #expect(try result.fact("train", "words-with-vectors") == 3)
    // Each row begins with "a"; of 24 training rows, some are about a film or a song.
    let share = try #require(try result.fact("train", "share-with-vectors")?.doubleValue)
    #expect(share > 0.2 && share < 0.5)
    let warning = try #require(result.notices.first { $0.message.problem.hasPrefix("only ") })
    #expect(
      warning.message.problem.contains(
        " of the words in the rows have a vector; the commonest without: very, "))
  }

  struct Slip: CustomTestStringConvertible, Sendable {
    let options: String
    let problem: String
    let remedy: String
    var testDescription: String { problem }
  }

  @Test(arguments: [
    Slip(
      options: "vectors = \"five.txt\"",
      problem: "the vectors have 5 numbers, the model's words 6", remedy: "set embedding = 5"),
    Slip(
      options: "vectors = \"reviews.csv\"",
      problem: "expected a word and its numbers, or how many words and numbers there are",
      remedy: "give vectors of GloVe, word2vec (text or binary) or fastText (.vec), gzipped or not"),
    Slip(
      options: "vectors = \"vectors.txt\"\nstart-folder = \"start\"",
      problem: "training cannot start from weights and from vectors",
      remedy: "leave out one of them"),
  ])
  func `a slip is found before anything runs`(_ slip: Slip) throws {
    let pipeline = try Toy.pipeline()
    try pipeline.folder.write("five.txt", "film 1 2 3 4 5\n")
    try pipeline.folder.write("vectors.txt", Self.file)
    try pipeline.folder.write("start/model.safetensors", "")
    let problems = pipeline.problems(Toy.definition("epochs = 1\n\(slip.options)"))
    #expect(problems.map(\.message.problem) == [slip.problem])
    #expect(problems.first?.message.remedy == slip.remedy)
  }

  @Test func `vectors of none of the words are an error that names some of them`() throws {
    let failure = try #require(try run("", file: "FILM 1 2 3 4 5 6\n").failure)
    #expect(
      failure.message.problem.contains("has no vector for any word of the rows, such as very, "))
    #expect(failure.message.remedy?.contains("lower-cased") == true)
  }
}
