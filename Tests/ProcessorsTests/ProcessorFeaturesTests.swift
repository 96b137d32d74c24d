import Foundation
import Processors
import Testing

struct ProcessorFeaturesTests {
  @Test(
    arguments: [
      (0, 0, nil),
      (0b1000, 0b1011, nil),
      (0b100_1001, 0b1, "avx2, bmi"),
      (1 << 10, 0, "avx512f"),
      (1 << 21, 0b11, "gfni"),
    ] as [(UInt32, UInt32, String?)])
  func `only what was compiled for and is missing is complained of`(
    compiled: UInt32, present: UInt32, missing: String?
  ) {
    let complaint = complaint(ProcessorFeatures(bits: compiled), ProcessorFeatures(bits: present))
    #expect((complaint == nil) == (missing == nil))
    if let missing { #expect(complaint?.contains(" with \(missing), which ") == true) }
  }

  @Test func `the remedy is the highest level that runs here`() {
    let levels = [ProcessorFeatures(bits: 0), .second, .third, .fourth].map { "\($0.level)" }
    #expect(levels == ["x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"])
    #expect(ProcessorFeatures.fourth.contains(.avx512))
    #expect(complaint(.avx512, .third)?.contains("MILLRACE_CPU=x86-64-v3\n") == true)
  }

  @Test func `what this processor has is among what the system says of it`() throws {
    let text = try #require(try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))
    let line = text.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
    let said = Set(line.split(separator: " ").map { String($0.replacing("_", with: "")) })
    // What is called otherwise there.
    let others = ["lzcnt": "abm", "bmi": "bmi1", "sse4.2": "sse42"]
    var names = ""
    ProcessorFeatures.present.tellMissing(from: ProcessorFeatures(bits: 0)) { names += "\($0)" }
    let list = names.components(separatedBy: " with ").dropFirst().first ?? ""
    for name in list.components(separatedBy: ", which ")[0].components(separatedBy: ", ")
    where !name.isEmpty {
      #expect(said.contains(others[name] ?? name), "\(name)")
    }
  }

  private func complaint(_ compiled: ProcessorFeatures, _ present: ProcessorFeatures) -> String? {
    var text = ""
    return compiled.tellMissing(from: present) { text += "\($0)" } ? text : nil
  }
}
