import Diagnostics
import Testing
import Text

struct ClassNamesTests {
  private func file(_ text: String) throws(Diagnostic) -> SideFile {
    try SideFile(Array(text.utf8), path: "classes.txt")
  }

  private let text = "World\nSports\r\nSci/Tech\n\n"

  @Test func `numbers count from the first class, and names stand for themselves`() throws {
    let place = Place(file: "in.csv", line: 3)
    let fromOne = try ClassNames(file(text), firstNumber: 1)
    #expect(fromOne.names == ["World", "Sports", "Sci/Tech"])
    #expect(try fromOne.name(of: "3", at: place) == "Sci/Tech")
    let fromZero = try ClassNames(file(text), firstNumber: 0)
    #expect(try fromZero.name(of: "0", at: place) == "World")
    let byName = try ClassNames(file(text), firstNumber: nil)
    #expect(try byName.name(of: "Sports", at: place) == "Sports")
  }

  @Test func `a label outside the list is refused at its row`() throws {
    let classes = try ClassNames(file(text), firstNumber: 1)
    var batch = RowBatch(columnCount: 2)
    batch.append(["x", "2"], Origin(line: 2))
    #expect(try batch.naming(column: 1, by: classes, files: ["in.csv"]).text(0, 1) == "Sports")
    batch.append(["x", "4"], Origin(line: 3))
    let error = #expect(throws: Diagnostic.self) {
      try batch.naming(column: 1, by: classes, files: ["in.csv"])
    }
    #expect(error?.place == Place(file: "in.csv", line: 3))
    #expect(error?.message.problem == "label '4' is not a class number from 1 to 3")
    let byName = try ClassNames(file(text), firstNumber: nil)
    let unknown = #expect(throws: Diagnostic.self) {
      try byName.name(of: "Sport", at: Place(file: "in.csv"))
    }
    #expect(unknown?.message.problem.hasSuffix("; did you mean 'Sports'?") == true)
  }

  @Test(arguments: [
    ("", "the list of class names is empty"), ("a\n\nb\n", "a class name is empty"),
    ("a\nb\na\n", "class name 'a' stands on line 1 already"),
  ])
  func `a list of class names that is wrong is refused`(text: String, problem: String) {
    let error = #expect(throws: Diagnostic.self) {
      try ClassNames(file(text), firstNumber: 1)
    }
    #expect(error?.message.problem == problem)
  }
}
