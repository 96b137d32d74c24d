// swift-tools-version: 6.3
import Foundation
import PackageDescription

/// The processor to compile for: this machine's own, or `MILLRACE_CPU=x86-64-v3` for binaries that travel.
let processor = Context.environment["MILLRACE_CPU"] ?? "native"

/// What a compiler calls the option; on ARM `-march` is of instruction sets and knows no `native`.
#if arch(arm64)
  let processorOption = "-mcpu"
#else
  let processorOption = "-march"
#endif

let portable: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// `errno` of functions that nobody asks for keeps square roots from being computed sixteen at a time.
let strict =
  portable + [
    .unsafeFlags(
      ["-Xcc", "\(processorOption)=\(processor)", "-Xcc", "-fno-math-errno"],
      .when(configuration: .release))
  ]

/// One module; the list below is in dependency order and is the architecture diagram.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// Links the C++ library into a program, where the system has it for that: to load it takes a third of the
/// time that a program needs to start.
let ownCxx: [String] = {
  let files = FileManager.default.enumerator(atPath: "/usr/lib/gcc")
  let isThere = files?.contains { "\($0)".hasSuffix("/libstdc++.a") } ?? false
  let folder = "\(Context.packageDirectory)/.ci/linking"
  return isThere ? ["-L", folder, "-Xclang-linker", "-static-libgcc"] : []
}()

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
        ["-use-ld=lld", "-static-stdlib", "-Xclang-linker", "-no-pie"] + ownCxx
          // Nothing looks its symbols up by name, and each would be looked at for other libraries.
          + ["-Xlinker", "--no-export-dynamic"] + libraries.map { "-l\($0)" })
    ])
}

/// What several test targets read and run.
func fixtures(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
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
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CProcessor"),
    .systemLibrary(name: "CSpawn"),
    // Compiled for any processor of its kind: it says what is missing for the others.
    .target(name: "Processors", dependencies: ["CProcessor"], swiftSettings: portable),
    module("Diagnostics"),
    module("Cores", ["CMalloc"]),
    module("Processes", ["CSpawn", "Diagnostics"]),
    module("TOML", ["Diagnostics"]),
    module("Digests", ["Cores"]),
    module("Files", ["CZlib", "Digests", "Diagnostics"]),
    module("Formats", ["Files", "Diagnostics"]),
    module("Artifacts", ["Formats", "Files", "Digests", "Cores", "Diagnostics"]),
    module(
      "Pipelines",
      [
        "Artifacts", "Formats", "Files", "Digests", "TOML", "Cores", "Diagnostics",
      ]),
    module(
      "Executors",
      [
        "Pipelines", "Artifacts", "Formats", "Files", "Digests", "Processes", "Diagnostics",
      ]),
    module(
      "Sweeps",
      [
        "Pipelines", "Artifacts", "Formats", "Files", "Digests", "TOML", "Diagnostics",
      ]),
    module("Text", ["CProcessor", "Files", "Digests", "Cores", "Diagnostics"]),
    module("Datasets", ["Formats", "Files", "Diagnostics"]),
    module("LinearModels", ["Cores", "Diagnostics"]),
    module("Tensors", ["Diagnostics", "Processors", "CProcessor"]),
    module("Layers", ["Tensors", "Cores"]),
    module("Models", ["Layers", "Tensors", "LinearModels", "Datasets"]),
    module("Metrics"),
    module(
      "Training",
      [
        "Metrics", "Models", "Layers", "Tensors", "Datasets", "Formats", "Files", "Digests",
        "Cores", "Diagnostics", "CProcessor",
      ]),
    module("Reports", ["Metrics", "Diagnostics"]),
    module(
      "Chains",
      [
        "Text", "Pipelines", "Artifacts", "Formats", "Files", "Digests", "Cores", "Diagnostics",
      ]),
    module(
      "ModelKinds",
      [
        "Chains", "Reports", "Training", "Metrics", "Models", "Layers", "Tensors", "LinearModels",
        "Datasets", "Text", "Pipelines", "Artifacts", "Formats", "Files", "Cores", "Diagnostics",
      ]),
    module(
      "Interchange",
      [
        "ModelKinds", "Chains", "Training", "Models", "Layers", "Tensors", "Text", "Pipelines",
        "Artifacts", "Formats", "Files", "Diagnostics",
      ]),
    module(
      "Stages",
      [
        "Interchange", "ModelKinds", "Chains", "Reports", "Training", "Metrics", "Models",
        "Layers", "Tensors", "LinearModels", "Datasets", "Text", "Pipelines", "Artifacts",
        "Formats", "Files", "Digests", "Cores", "Processes", "Diagnostics",
      ]),
    module("Starters", ["Text", "Pipelines", "Formats", "Files", "Diagnostics"]),
    module(
      "Views",
      [
        "Stages", "ModelKinds", "Chains", "Reports", "Training", "Metrics", "Layers", "Datasets",
        "Text", "Sweeps", "Pipelines", "Artifacts", "Formats", "Files", "Digests", "Diagnostics",
      ]),
    module(
      "Pages",
      [
        "Views", "Stages", "ModelKinds", "Chains", "Reports", "Metrics", "Text", "Sweeps",
        "Pipelines", "Artifacts", "Formats", "Digests", "TOML", "Diagnostics",
      ]),
    program(
      "millrace",
      [
        "Pages", "Views", "Starters", "Stages", "ModelKinds", "Chains", "Reports", "Metrics",
        "Tensors", "Text", "Sweeps", "Executors", "Pipelines", "Artifacts", "Formats", "Files",
        "Digests", "TOML", "Cores", "Diagnostics", "Processors", "CProcessor",
      ]),
    program(
      "Benchmarks",
      [
        "Pages", "Reports", "ModelKinds", "Training", "Metrics", "Models", "Layers", "Tensors",
        "LinearModels", "Datasets", "Text", "Pipelines", "Artifacts", "Formats", "Files", "Cores",
        "Diagnostics",
      ]),

    fixtures("Fixtures", ["Models", "Layers", "Tensors", "Datasets"]),
    fixtures("LyingDisks", ["Fixtures", "Files"]),
    fixtures("ToyStages", ["Fixtures", "Pipelines", "Artifacts", "Files", "Diagnostics"]),
    fixtures(
      "PipelineFixtures",
      [
        "Fixtures", "Stages", "Chains", "Training", "Models", "Tensors", "Text", "Pipelines",
        "Artifacts", "Formats", "Files", "Digests", "Diagnostics",
      ]),
    fixtures(
      "HostileInputs",
      ["TOML", "Artifacts", "Formats", "Text", "Files", "Digests", "Diagnostics"]),
    tests("Processors"),
    tests("Diagnostics"),
    tests("Cores"),
    tests("Processes", ["Diagnostics"]),
    tests("TOML", ["Diagnostics"]),
    tests("Digests"),
    tests("Files", ["LyingDisks", "Formats", "Digests", "Diagnostics"]),
    tests("Formats", ["Artifacts", "Files", "Diagnostics"]),
    tests("Artifacts", ["LyingDisks", "Formats", "Files", "Digests", "Diagnostics"]),
    tests(
      "Pipelines",
      ["ToyStages", "LyingDisks", "Artifacts", "Formats", "Files", "Digests", "Diagnostics"]),
    tests("Executors", ["Processes", "Digests", "Diagnostics"]),
    tests("Sweeps", ["ToyStages", "Pipelines", "Artifacts", "Formats", "Files", "Diagnostics"]),
    tests("Text", ["HostileInputs", "Files", "Diagnostics"]),
    tests("Datasets", ["Formats", "Files", "Diagnostics"]),
    tests("LinearModels"),
    tests("Tensors"),
    tests("Layers", ["Tensors"]),
    tests("Models", ["Training", "Layers", "Tensors", "LinearModels", "Datasets", "Cores"]),
    tests("Metrics"),
    tests(
      "Training",
      [
        "ModelKinds", "Models", "Layers", "Tensors", "Datasets", "Text", "Formats", "Files",
        "Diagnostics",
      ]),
    tests("Reports", ["Metrics", "Diagnostics"]),
    tests(
      "Chains",
      [
        "PipelineFixtures", "Stages", "Datasets", "Text", "Pipelines", "Artifacts", "Formats",
        "Files", "Digests", "Diagnostics",
      ]),
    tests(
      "ModelKinds",
      [
        "PipelineFixtures", "Views", "Stages", "Chains", "Reports", "Training", "Models",
        "Layers", "Tensors", "Datasets", "Pipelines", "Artifacts", "Formats", "Files",
        "Diagnostics",
      ]),
    tests(
      "Interchange",
      [
        "PipelineFixtures", "Stages", "ModelKinds", "Models", "Pipelines", "Artifacts", "Formats",
        "Diagnostics",
      ]),
    tests(
      "Stages",
      [
        "PipelineFixtures", "Views", "ModelKinds", "Chains", "Training", "Datasets", "Text",
        "Sweeps", "Pipelines", "Artifacts", "Formats", "Files", "Digests", "Diagnostics",
      ]),
    tests("Starters", ["Text", "Pipelines", "Files", "Diagnostics"]),
    tests(
      "Views",
      [
        "PipelineFixtures", "Stages", "Chains", "Metrics", "Datasets", "Sweeps", "Pipelines",
        "Artifacts", "Formats", "Files", "Digests", "Diagnostics",
      ]),
    tests("Pages", ["PipelineFixtures", "Views", "Reports", "Pipelines", "Artifacts", "Formats"]),
    tests("HostileInputs"),
    .testTarget(name: "ArchitectureTests", dependencies: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["Fixtures", "Formats"], swiftSettings: strict),
  ])

// A program for libFuzzer, which brings `main`; see `.ci/run`.
if Context.environment["MILLRACE_FUZZING"] == "1" {
  package.targets.append(
    .executableTarget(
      name: "Fuzzing", dependencies: ["HostileInputs"], path: "Tests/Fuzzing",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
