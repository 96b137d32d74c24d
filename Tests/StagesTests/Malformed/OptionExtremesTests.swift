import Diagnostics
import PipelineFixtures
import Pipelines
import Stages
import Testing

/// Every option of every kind, given whatever a definition can hold.
struct OptionExtremesTests {
  private static let values = [
    "0", "-1", "0.99999999", "0.9999999999999999", "4.9e-324", "3.5e38", "1.7976931348623157e308",
    "nan", "-inf", "256", "4294967296", "9223372036854775807", "-9223372036854775808", "1e19",
    "true", #""""#, "[9223372036854775807]", "{ a = nan }",
    "{ a = 9223372036854775807, b = 9223372036854775807 }",
    "{ a = { every = -9223372036854775808 } }",
  ]

  /// Numbers near the ends of most ranges.
  private static let workedWith = ["1e-38", "0.9999999", "3e38", "-1e6"]

  @Test(arguments: StageCatalog.standard.names)
  func `is taken or refused where it stands`(_ kind: String) throws {
    let pipeline = try TemporaryPipeline()
    for option in try Self.options(of: kind) {
      for value in Self.values {
        let definition = "[stage.x]\nkind = \"\(kind)\"\n\(option.lines)\(option.name) = \(value)\n"
        for problem in pipeline.problems(definition) {
          #expect(problem.place?.line != nil, "\(option.name) = \(value): \(problem)")
        }
      }
    }
  }

  /// Numbers that are counted are left to the check: as a size, a large one takes its time.
  @Test(arguments: StageCatalog.standard.names)
  func `a number with a fraction that is taken can be worked with`(_ kind: String) throws {
    let sample = try #require(GoldenSamples.all[kind])
    let pipeline = try TemporaryPipeline(files: sample.files)
    let stages = try pipeline.plan(sample.definition).stages.filter { $0.kind.kind == kind }
    for option in try Self.options(of: kind) where option.isFraction {
      for stage in stages {
        for value in Self.workedWith {
          let settings = option.settings + ["\(option.name)=\(value)"]
          let overlay = settings.map { "\(stage.name).\($0)" }
          guard case .plan = try pipeline.read(sample.definition, set: overlay) else { continue }
          _ = try pipeline.run(sample.definition, set: overlay)
        }
      }
    }
  }

  @Test(arguments: [
    ("train", "dropout", "0.99999999"), ("train", "epsilon", "1e-46"),
    ("train", "learning-rate", "1e39"), ("train", "beta1", "0.99999999"),
    ("translate", "length-penalty", "100.0000000001"), ("train", "weight-decay", "1e39"),
  ])
  func `a range holds for the number as it is used`(
    _ kind: String, _ option: String, _ value: String
  ) throws {
    let problems = try TemporaryPipeline().problems("[stage.\(kind)]\n\(option) = \(value)\n")
    #expect(
      problems.contains { $0.place?.line == 2 && $0.message.problem.hasPrefix(option) },
      "\(problems)")
  }

  @Test func `what a number is rounded to is told`() throws {
    let problems = try TemporaryPipeline().problems("[stage.train]\ndropout = 0.99999999\n")
    #expect(
      problems.map(\.message.problem).contains(
        "dropout is used in single precision, where this number is 1"))
  }

  /// An option, and what must be given for it to be read.
  private struct Option {
    let name: String
    let settings: [String]
    let isFraction: Bool

    var lines: String { settings.map { "\($0)\n" }.joined() }
  }

  private static func options(of kind: String) throws -> [Option] {
    let kind = try #require(StageCatalog.standard[kind])
    return StageCatalog.standard.describe(kind).map { option in
      Option(
        name: option.name,
        settings: (option.condition ?? "").split(separator: " and ").map {
          String($0).replacing(" = ", with: "=")
        },
        isFraction: option.expectation.hasPrefix("number"))
    }
  }
}
