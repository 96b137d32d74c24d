import Fixtures
import Foundation
import Pipelines
import Testing
import ToyStages

@Suite struct OverlayTests {
  static let definition = """
    \(Workshop.appended)
    times = 2
    """

  @Test(arguments: [
    (["append.times=3"], "ab!!!1.0"), (["append.times=3.0"], "ab!!!1.0"),
    (["append.suffix=x"], "abxx1.0"), (["append.suffix=\"x\""], "abxx1.0"),
    (["append.suffix=x=y"], "abx=yx=y1.0"), (["append.marks=[\"c\", \"d\"]"], "ab!!cd1.0"),
    (["append.times=3", "append.times=1"], "ab!1.0"), (["append.suffix="], "ab1.0"),
    (["append.case=upper", "append.suffix=é"], "ABÉÉ1.0"), (["read.path=other.txt"], "cd!!1.0"),
  ])
  func `an overlay wins over the file`(overlay: [String], expected: String) throws {
    let workshop = try Workshop(files: ["letters.txt": "ab", "other.txt": "cd"])
    let report = try workshop.run(Self.definition, set: overlay)
    #expect(try workshop.text(of: report, "append") == expected)
  }

  @Test func `environment variables stand for folders in paths and for nothing elsewhere`() throws {
    let workshop = try Workshop(files: ["here/letters.txt": "ab"])
    unsafe setenv("MILLRACE_TEST_FOLDER", workshop.folder.path("here"), 1)
    for spelling in ["$MILLRACE_TEST_FOLDER/", "${MILLRACE_TEST_FOLDER}/"] {
      let definition = Self.definition.replacing("letters.txt", with: spelling + "letters.txt")
        .replacing("times = 2", with: "suffix = \"$MILLRACE_TEST_FOLDER\"")
      let report = try workshop.run(definition)
      #expect(try workshop.text(of: report, "append") == "ab$MILLRACE_TEST_FOLDER1.0")
    }
  }

  @Test func `a moved file with the same bytes is the same input`() throws {
    let workshop = try Workshop(files: ["letters.txt": "ab", "there/copy.txt": "ab"])
    try workshop.run(Self.definition)
    #expect(try workshop.run(Self.definition, set: ["read.path=there/copy.txt"]).ran == 0)
  }
}
