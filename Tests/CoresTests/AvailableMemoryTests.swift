import Cores
import Testing

struct AvailableMemoryTests {
  @Test func `the memory of this machine is some gigabytes, or what a limit leaves of it`() {
    #expect((1 << 26..<1 << 50).contains(availableMemory()))
  }
}
