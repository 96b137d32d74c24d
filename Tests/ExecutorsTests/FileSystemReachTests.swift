import Executors
import Testing

struct FileSystemReachTests {
  private static let mounts = """
    /dev/sda / ext4 rw 0 0
    server:/home /home nfs4 rw 0 0
    tmpfs /home/fast tmpfs rw 0 0
    /dev/sdb /home/fast ext4 rw 0 0
    broken

    """

  @Test(arguments: [
    ("/data/.millrace", "ext4"), ("/home/a/.millrace", "nfs4"), ("/home/fast/x", "ext4"),
    ("/home", "nfs4"), ("/homes", "ext4"), ("/", "ext4"),
  ])
  func `a path is in the file system that is mounted nearest above it`(
    _ path: String, _ kind: String
  ) {
    #expect(FileSystemReach.kind(of: path, in: Self.mounts) == kind)
  }

  @Test func `without mounts nothing is known`() {
    #expect(FileSystemReach.kind(of: "/x", in: "") == "")
  }
}
