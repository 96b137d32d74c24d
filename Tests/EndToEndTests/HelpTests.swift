import Testing

/// The screens of `--help`.
@Suite struct `Reading the help` {
  private static let commands: [String] = {
    let overview = (try? Millrace()("--help").output) ?? ""
    return overview.matches(of: /\n {2}([a-z]+) {2,}/).map { String($0.1) }
  }()

  @Test func `every command fits a screen of 32 lines and 100 columns, with an example`() throws {
    #expect(Self.commands.count > 10)
    for command in Self.commands {
      let screen = try Millrace()(command, "--help")
      let lines = screen.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(screen.exitCode == 0 && lines.count <= 32, "\(command)")
      for line in lines { #expect(line.count <= 100 && line.last != " ", "\(command): \(line)") }
      let example = lines.first { $0.hasPrefix("example: ") } ?? ""
      #expect(example.contains("millrace \(command)"), "\(command)")
    }
  }
}
