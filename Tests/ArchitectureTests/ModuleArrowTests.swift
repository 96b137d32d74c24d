import Fixtures
import Foundation
import Testing

/// The manifest is the drawing of the house: what it says of modules is what their files do.
struct ModuleArrowTests {
  private let manifest: Manifest
  /// By module, the modules of this project that its files import.
  private let imports: [String: Set<String>]

  init() throws {
    manifest = try Manifest()
    let names = Set(manifest.modules.map(\.name))
    var imports: [String: Set<String>] = [:]
    for module in manifest.modules {
      let folder = Folders.project.appending(path: "Sources/\(module.name)")
      for file in Folders.files(below: folder, ending: ".swift") {
        let text = try String(contentsOf: file, encoding: .utf8)
        for line in text.split(separator: "\n") where line.hasPrefix("import ") {
          let name = String(line.dropFirst("import ".count))
          if names.contains(name) { imports[module.name, default: []].insert(name) }
        }
      }
    }
    self.imports = imports
  }

  @Test func `every folder of sources is a module of the manifest`() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Folders.project.appending(path: "Sources").path)
    #expect(Set(folders) == Set(manifest.modules.map(\.name)))
  }

  @Test func `a module imports what the manifest lets it use, and all of that`() {
    for module in manifest.modules {
      let (used, allowed) = (imports[module.name] ?? [], Set(module.uses))
      #expect(used.subtracting(allowed) == [], "\(module.name) imports it, the manifest lacks it")
      #expect(allowed.subtracting(used) == [], "no file of \(module.name) imports it")
      #expect(allowed.count == module.uses.count, "\(module.name) is let use something twice")
    }
  }

  @Test func `arrows go down the list`() {
    var above: Set<String> = []
    for module in manifest.modules {
      for name in module.uses { #expect(above.contains(name), "\(module.name) → \(name)") }
      above.insert(module.name)
    }
  }

  @Test(arguments: [
    ("Pipelines", ["Text", "Tensors", "Metrics", "Chains", "Sweeps"]),
    ("Text", ["Artifacts", "Pipelines"]), ("Training", ["Artifacts", "Pipelines", "Text"]),
    ("Chains", ["Tensors", "Training"]), ("Interchange", ["Stages"]),
    ("Stages", ["Views", "Sweeps"]), ("Views", ["Pages"]),
  ])
  func `a module cannot come to what may not enter it`(_ name: String, _ others: [String]) {
    #expect(manifest.reach(of: name).intersection(others) == [])
  }

  @Test func `every module has a page that says what it is for and what may not enter`() throws {
    for module in manifest.modules where !module.isSystem {
      let page = Folders.project.appending(
        path: "Sources/\(module.name)/\(module.name).docc/\(module.name).md")
      let text = try String(contentsOf: page, encoding: .utf8)
      #expect(text.contains("May not enter:"), "\(module.name)")
    }
  }
}
