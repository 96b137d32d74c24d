import Cores
import Testing

struct MemoryKillTests {
  @Test(arguments: [
    ("oom_kill_disable 0\nunder_oom 0\noom_kill 3\n", 3),
    ("low 0\nhigh 0\nmax 12\noom 1\noom_kill 2\noom_group_kill 0\n", 2),
    ("oom_kill_disable 0\nunder_oom 0\n", 0), ("oom_kill many\n", 0), ("", 0),
  ])
  func `processes ended for want of memory are counted in groups of either version`(
    _ text: String, _ count: Int
  ) {
    #expect(memoryKills(in: text) == count)
  }
}
