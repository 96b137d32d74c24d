import Foundation
import Testing

/// Where a report goes that is to be written to what is no file.
@Suite struct OutputPlaceTests {
  @Test func `a report goes to the device, through the pipe and behind what was written`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    let page = try millrace("report", "small.toml", "-o", "-").output
    #expect(page.hasSuffix("</html>\n"))
    let program = "'\(Millrace.program.path)' report small.toml -o"
    let piped = try millrace.shell("mkfifo pipe; cat pipe & \(program) pipe >/dev/null; wait")
    #expect(piped.output == page)
    #expect(try millrace.shell("test -p pipe").exitCode == 0)
    let appended = try millrace.shell("echo before >> out; \(program) /dev/stdout >> out; cat out")
    #expect(appended.output == "before\n" + page)
    #expect(try millrace.shell("\(program) /dev/stdout | cat").output == page)
    let linked = try millrace.shell(
      "echo old > file; ln -s file link; \(program) link >/dev/null; test -L link && cat file")
    #expect(linked.output == page)
  }
}
