/// The stages of a definition that read what a person has, up to parts if there are such.
struct LoadSections {
  /// The text of the stages.
  let stages: String
  /// The stage whose rows go on.
  let rows: String
  /// Whether these are parts called train, valid and test.
  let areParts: Bool

  /// One table that is still to be split.
  init(path files: [String], _ lines: [String]) {
    stages = Self.stage("load", [Self.paths("path", files)] + lines)
    (rows, areParts) = ("load", false)
  }

  /// A table with files of parts; what is missing is drawn from the training part.
  init(parts: [DataLayout.NamedFile], _ lines: [String], stratify: Bool) {
    let named = parts.map { "\(key($0.name)) = \(StarterDefinition.quoted($0.path))" }
    let load = Self.stage("load", ["parts = { \(named.joined(separator: ", ")) }"] + lines)
    let names = parts.map(\.name)
    guard names.count < PartName.allCases.count else {
      (stages, rows, areParts) = (load, "load", true)
      return
    }
    let split = Self.split(names, from: "load.train", stratify: stratify) { "load.\($0)" }
    (stages, rows, areParts) = (load + "\n\n" + split, "split", true)
  }

  /// A table for each part, by other options than paths.
  init(_ parts: [(name: String?, lines: [String])], stratify: Bool) {
    if parts.count == 1, parts[0].name == nil {
      stages = Self.stage("load", parts[0].lines)
      (rows, areParts) = ("load", false)
      return
    }
    let names = parts.compactMap(\.name)
    let loads = parts.map { part in
      Self.stage("load-\(part.name ?? "")", ["kind = \"load\""] + part.lines)
    }
    let split = Self.split(names, from: "load-train", stratify: stratify) { "load-\($0)" }
    stages = (loads + [split]).joined(separator: "\n\n")
    (rows, areParts) = ("split", true)
  }

  /// The parts that there are, and a share of the training part for one that is missing.
  private static func split(
    _ names: [String], from: String, stratify: Bool, _ reference: (String) -> String
  ) -> String {
    let hasAll = names.count == PartName.allCases.count
    let test = names.contains("test") ? "test" : "valid"
    var parts = "train = 0.9, valid = 0.1, test = \"\(reference(test))\""
    if hasAll {
      parts = "train = \"rest\", valid = \"\(reference("valid"))\", test = \"\(reference("test"))\""
    } else if !names.contains("test"), !names.contains("valid") {
      parts = "train = 0.8, valid = 0.1, test = 0.1"
    }
    var lines = ["from = \"\(from)\"", "parts = { \(parts) }"]
    if test == "valid", names.contains("valid") {
      lines[1] += "   # there is no test file: the one for validation is scored at the end"
    }
    if stratify, !hasAll {
      lines.append(
        StarterDefinition.aligned("stratify = \"label\"", "both have their share of each class"))
    }
    return stage("split", lines)
  }

  private static func stage(_ name: String, _ lines: [String]) -> String {
    (["[stage.\(name)]"] + lines).joined(separator: "\n")
  }

  static func paths(_ option: String, _ files: [String]) -> String {
    let quoted = files.map(StarterDefinition.quoted)
    return files.count == 1
      ? "\(option) = \(quoted[0])" : "\(option) = [\(quoted.joined(separator: ", "))]"
  }
}

/// A key of TOML: bare where it may be, else quoted.
func key(_ name: String) -> String {
  let isBare = name.utf8.allSatisfy { byte in
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) && byte < 0x80
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
  return isBare && !name.isEmpty ? name : StarterDefinition.quoted(name)
}
