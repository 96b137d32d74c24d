import Foundation
import Processors
import Testing

struct ProcessorFeaturesTests {
  @Test(
    arguments: [
      ([], [], nil),
      (["avx2"], ["sse4.2", "popcnt", "avx2"], nil),
      (["sse4.2", "avx2", "bmi"], ["sse4.2"], "avx2, bmi"),
      (["avx512f"], [], "avx512f"),
    ] as [(Set<String>, Set<String>, String?)])
  func `only what was compiled for and is missing is complained of`(
    compiled: Set<String>, present: Set<String>, missing: String?
  ) {
    let complaint = ProcessorFeatures(compiled).complaint(with: ProcessorFeatures(present))
    #expect((complaint == nil) == (missing == nil))
    if let missing { #expect(complaint?.contains(" with \(missing), which ") == true) }
  }

  @Test func `the remedy is the highest level that runs here`() {
    let second = ProcessorFeatures(["sse4.2", "popcnt"])
    let third = second.union(
      ProcessorFeatures(["avx", "avx2", "fma", "f16c", "bmi", "bmi2", "lzcnt", "movbe"]))
    let levels = [[], second, third, third.union(.avx512)].map(\.level)
    #expect(levels == ["x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"])
    let complaint = ProcessorFeatures.avx512.complaint(with: third)
    #expect(complaint?.contains("MILLRACE_CPU=x86-64-v3") == true)
  }

  @Test func `what this processor has is among what the system says of it`() throws {
    let text = try #require(try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))
    let line = text.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
    let said = Set(line.split(separator: " ").map { String($0.replacing("_", with: "")) })
    // What is called otherwise there.
    let others = ["lzcnt": "abm", "bmi": "bmi1", "sse4.2": "sse42"]
    for name in ProcessorFeatures.present.names {
      #expect(said.contains(others[name] ?? name), "\(name)")
    }
  }
}
