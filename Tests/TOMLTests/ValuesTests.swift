import Fixtures
import TOML
import Testing

@Suite struct ValuesTests {
  @Test(arguments: [
    "1979-05-27", "07:32:00", "07:32:00.999", "1979-05-27T07:32:00", "1979-05-27T07:32:00.000001Z",
    "1979-05-27T07:32:00+05:30", "0001-01-01T00:00:00-08:00",
  ])
  func `dates and times are written as they are read`(text: String) throws {
    let written: String? =
      switch try TOMLValue.parse(text, origin: "test").value {
      case .localDate(let date): date.description
      case .localTime(let time): time.description
      case .localDateTime(let local): local.description
      case .offsetDateTime(let moment): moment.description
      default: nil
      }
    #expect(written == text)
  }

  @Test func `line ends in a string are line feeds whatever the file has`() throws {
    let node = try TOMLValue.parse("\"\"\"\r\na\r\nb\"\"\"", origin: "test")
    #expect(node.value == .string("a\nb"))
  }

  @Test(arguments: [
    ("-9223372036854775808", Int64.min), ("9_223_372_036_854_775_807", .max), ("+0", 0),
    ("0x7fffffffffffffff", .max), ("0b1_0", 2), ("0o17", 15),
  ])
  func `integers reach to both ends of 64 bits`(text: String, number: Int64) throws {
    #expect(try TOMLValue.parse(text, origin: "test").value == .integer(number))
  }

  @Test func `four times as many stages are parsed in four times the time`() throws {
    let stages = (0..<1_000).map {
      "[stage.tokenize-\($0)]\nkind = \"tokenize\"\nfrom = \"clean-\($0)\"\nwidth = 1_0\n\n"
    }
    let texts = [250, 1_000].map { count in (count, Array(stages.prefix(count).joined().utf8)) }
    let bytes = Dictionary(uniqueKeysWithValues: texts)
    let growth = try ProcessorTime.growth(from: 250) { count in
      _ = try TOMLDocument.parse(try #require(bytes[count]), file: "p.toml")
    }
    print("TOML: 1,000 stages take \(growth) times as long as 250")
    #expect(growth < 10)
  }
}
