import Fixtures
import Foundation

/// The modules that `Package.swift` lists, in its order, and what it lets each use.
struct Manifest {
  /// One module under `Sources`.
  struct Module {
    let name: String
    let uses: [String]
    /// Whether it is a library of the system, of which there is a module map and no more.
    let isSystem: Bool
  }

  let modules: [Module]

  /// Reads the manifest of this project as text: its functions `module` and `program`, and the
  /// targets that are written out.
  init() throws {
    let file = Folders.project.appending(path: "Package.swift")
    let text = try String(contentsOf: file, encoding: .utf8)
    let list = text.split(separator: "\n").filter { !$0.trimming(" ").hasPrefix("//") }
      .joined(separator: "\n")
    let entry =
      /(module|program|\.systemLibrary|\.target)\(\s*(?:name: )?"(\w+)"(?:,\s*(?:dependencies: )?\[([^\]]*)\])?/
    modules = list.matches(of: entry).map { match in
      let uses = match.3.map { $0.matches(of: /"(\w+)"/).map { String($0.1) } } ?? []
      return Module(name: String(match.2), uses: uses, isSystem: match.1 == ".systemLibrary")
    }
  }

  subscript(name: String) -> Module? { modules.first { $0.name == name } }

  /// All that a module can come to by following arrows.
  func reach(of name: String) -> Set<String> {
    var reached: Set<String> = []
    var pending = self[name]?.uses ?? []
    while let next = pending.popLast() {
      if reached.insert(next).inserted { pending += self[next]?.uses ?? [] }
    }
    return reached
  }
}

extension Substring {
  fileprivate func trimming(_ character: Character) -> Substring { drop { $0 == character } }
}
