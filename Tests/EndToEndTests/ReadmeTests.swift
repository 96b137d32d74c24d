import Fixtures
import Foundation
import Testing

/// The console blocks of the README, run as a reader would.
struct ReadmeTests {
  /// What stands behind `$ ` in the console blocks, in their order.
  private static func commands() throws -> [String] {
    let text = try String(
      contentsOf: Folders.project.appending(path: "README.md"), encoding: .utf8)
    return text.components(separatedBy: "```console\n").dropFirst().flatMap { block in
      block.components(separatedBy: "\n```")[0].split(separator: "\n")
        .filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
    }
  }

  @Test(.timeLimit(.minutes(120)))
  func `every command of the readme runs on the shipped files`() throws {
    let commands = try Self.commands()
    #expect(commands.count >= 4)
    let millrace = try Millrace()
    let folder = Folders.project.path
    let store = millrace.folder.path("store")
    for command in commands {
      let finished = try millrace.shell(
        "export MILLRACE_STORE='\(store)'; cd '\(folder)' && \(Self.subshell(command))")
      #expect(finished.exitCode == 0, "\(command)\n\(finished.output)\(finished.errors)")
      #expect(!finished.output.isEmpty, "\(command)")
    }
    let again = try millrace.shell(
      "export MILLRACE_STORE='\(store)'; cd '\(folder)' && millrace run pipelines/classify-bios.toml"
    )
    #expect(again.output.contains("0 ran, 9 cached"))
  }

  @Test func `every file and folder that the readme names is there`() throws {
    let text = try String(
      contentsOf: Folders.project.appending(path: "README.md"), encoding: .utf8)
    let names = text.matches(of: /`((?:Sources|Tests|pipelines)\/[^`*…$ ]+)`/).map { String($0.1) }
    #expect(names.count >= 20)
    for name in names {
      let path = Folders.project.appending(path: name).path
      #expect(FileManager.default.fileExists(atPath: path), "\(name)")
    }
  }

  /// The program in the test's shell replaces the shell, so each call gets one of its own.
  private static func subshell(_ command: String) -> String {
    command.contains("|") ? command : "( \(command) )"
  }
}
