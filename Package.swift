// swift-tools-version: 6.3
import PackageDescription

/// The processor to compile for: this machine's own, or `MILLRACE_CPU=x86-64-v3` for binaries that travel.
let processor = Context.environment["MILLRACE_CPU"] ?? "native"

let portable: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let strict =
  portable + [
    .unsafeFlags(["-Xcc", "-march=\(processor)"], .when(configuration: .release))
  ]

/// One module; the list below is in dependency order and is the architecture diagram.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A program that holds the Swift runtime and Foundation, so that it starts in a third of the time.
///
/// Its linker flags would be those of a test bundle too, if a test target depended on it.
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  // What the modules ask to be linked with is what the dynamic Foundation needs; the static one needs
  // these as well. lld, because the default linker warns about a use of mktemp inside it. At a fixed
  // address, because moving the program writes 84,000 pointers before its first line runs: a third of
  // the time it takes to start.
  let libraries = [
    "FoundationInternationalization", "_FoundationICU", "_FoundationCShims",
    "_FoundationCollections", "CoreFoundation", "swiftSynchronization", "BlocksRuntime", "dispatch",
    "stdc++",
  ]
  return .executableTarget(
    name: name, dependencies: dependencies, swiftSettings: strict,
    linkerSettings: [
      .unsafeFlags(
        ["-use-ld=lld", "-static-stdlib", "-Xclang-linker", "-no-pie"]
          + libraries.map { "-l\($0)" })
    ])
}

func tests(_ subject: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(subject)Tests",
    dependencies: ["Fixtures", .byName(name: subject)] + dependencies, swiftSettings: strict)
}

let package = Package(
  name: "millrace",
  targets: [
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CProcessor"),
    // Compiled for any processor of its kind: it says what is missing for the others.
    .target(name: "Processors", dependencies: ["CProcessor"], swiftSettings: portable),
    module("Diagnostics"),
    module("Cores"),
    module("TOML", ["Diagnostics"]),
    module("Artifacts", ["Diagnostics", "Cores", "CZlib"]),
    module("Pipelines", ["TOML", "Artifacts", "Cores", "Diagnostics"]),
    module("Text", ["Artifacts", "Cores", "Diagnostics"]),
    module("Datasets", ["Artifacts", "Diagnostics"]),
    module("Tensors", ["Processors", "Cores", "Diagnostics"]),
    module("Layers", ["Tensors", "Cores"]),
    module("Models", ["Layers", "Tensors", "Datasets"]),
    module("Metrics"),
    module(
      "Training",
      [
        "Models", "Layers", "Tensors", "Metrics", "Datasets", "Artifacts", "Cores", "Diagnostics",
      ]),
    module("Reports", ["Metrics", "Artifacts", "Diagnostics"]),
    module(
      "Stages",
      [
        "Pipelines", "Text", "Datasets", "Training", "Models", "Layers", "Tensors", "Metrics",
        "Reports",
        "Artifacts", "Cores", "TOML", "Diagnostics",
      ]),
    program(
      "millrace",
      [
        "Stages", "Pipelines", "Text", "Reports", "Artifacts", "Tensors", "Cores", "Diagnostics",
        "Processors", "CProcessor",
      ]),
    program(
      "Benchmarks",
      [
        "Stages", "Pipelines", "Training", "Models", "Layers", "Tensors", "Datasets", "Text",
        "Artifacts", "TOML", "Cores", "Diagnostics",
      ]),

    .target(
      name: "Fixtures", dependencies: ["Tensors"], path: "Tests/Fixtures", swiftSettings: strict),
    tests("Processors"),
    tests("Diagnostics"),
    tests("Cores"),
    tests("TOML", ["Diagnostics"]),
    tests("Artifacts", ["Diagnostics"]),
    tests("Pipelines", ["Artifacts", "TOML", "Diagnostics"]),
    tests("Text", ["Artifacts", "Diagnostics"]),
    tests("Datasets", ["Artifacts", "Diagnostics"]),
    tests("Tensors"),
    tests("Layers", ["Tensors"]),
    tests("Models", ["Training", "Layers", "Tensors", "Datasets", "Artifacts", "Cores"]),
    tests("Metrics"),
    tests("Training", ["Models", "Layers", "Tensors", "Datasets", "Artifacts", "Diagnostics"]),
    tests("Reports", ["Metrics", "Artifacts"]),
    tests(
      "Stages",
      [
        "Pipelines", "Text", "Datasets", "Training", "Models", "Layers", "Tensors", "Reports",
        "Artifacts", "Diagnostics",
      ]),
    .testTarget(name: "EndToEndTests", dependencies: ["Fixtures"], swiftSettings: strict),
  ])
