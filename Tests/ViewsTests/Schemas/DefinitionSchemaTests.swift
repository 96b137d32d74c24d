import Fixtures
import Formats
import Foundation
import Pipelines
import Stages
import Testing
import Views

/// The JSON Schema of definitions, and the copy that the shipped ones name.
@Suite struct DefinitionSchemaTests {
  private let schema = DefinitionSchema(of: .standard).json

  private func definition(_ kind: String) throws -> JSONValue {
    try #require(schema["definitions"]?["kind-\(kind)"])
  }

  @Test(arguments: StageCatalog.standard.kinds.map { $0.kind })
  func `every kind is there with all of its options and their help`(_ name: String) throws {
    let kind = try #require(StageCatalog.standard[name])
    let properties = try #require(definition(name)["properties"])
    for option in StageCatalog.standard.describe(kind) {
      let text = properties[option.name]?["description"]?.stringValue
      #expect(text?.contains(option.meaning) == true, "\(name).\(option.name)")
    }
    #expect(try definition(name)["additionalProperties"] == false)
  }

  @Test func `shapes are told as the options read them`() throws {
    let split = try definition("split")
    #expect(split["properties"]?["shuffle"]?["type"] == "boolean")
    #expect(split["required"] == ["from"])
    #expect(try definition("binarize")["required"] == ["from"])
    let train = try #require(try definition("train")["properties"])
    #expect(train["epochs"]?["minimum"] != nil && train["epochs"]?["type"] == "integer")
    let tokenize = try #require(try definition("tokenize")["properties"])
    #expect(
      tokenize["rules"]?["enum"] == ["moses", "words", "whitespace", "characters", "wordpiece"])
    #expect(tokenize["columns"]?["anyOf"]?.arrayValue?.count == 2)
    let load = try #require(try definition("load")["properties"])
    #expect(load["delimiter"]?["maxLength"] == 1)
  }

  @Test func `the options of a model may stand in a table of its name`() throws {
    let train = try #require(try definition("train")["properties"])
    let cnn = try #require(train["cnn"])
    #expect(cnn["additionalProperties"] == false)
    #expect(cnn["properties"]?["maps"]?["type"] == "integer")
    #expect(cnn["properties"]?["epochs"] != nil && cnn["properties"]?["bidirectional"] == nil)
    #expect(cnn["properties"]?["from"] == nil && cnn["properties"]?["model"] == nil)
    #expect(try definition("tokenize")["properties"]?["moses"] == nil)
  }

  @Test func `the shipped definitions name the schema, which is the one that is printed`() throws {
    let pipelines = Folders.project.appending(path: "pipelines")
    for file in Folders.files(below: pipelines, ending: ".toml") {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.hasPrefix("#:schema schema.json\n"), "\(file.lastPathComponent)")
    }
    let shipped = try String(contentsOf: pipelines.appending(path: "schema.json"), encoding: .utf8)
    #expect(
      shipped == schema.pretty + "\n",
      "write it anew: millrace schema > pipelines/schema.json")
  }
}
