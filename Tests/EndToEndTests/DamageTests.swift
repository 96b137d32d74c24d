import Fixtures
import Foundation
import Testing

/// Disks that lie, fill up or lose things.
@Suite struct DamageTests {
  @Test func `verify finds a flipped byte with 4, sets it aside, and the next run makes it again`()
    throws
  {
    let millrace = try SmallPipeline.millrace()
    let first = try millrace.run("small.toml")
    let digest = try #require(millrace.digest(of: "table", "tokenize", in: first))
    try millrace.damage(digest)
    let verified = try millrace("verify")
    #expect(verified.exitCode == 4)
    #expect(verified.output.contains(digest.prefix(12)))
    #expect(try millrace("status", "small.toml", "--check").exitCode == 3)
    let again = try millrace.run("small.toml")
    #expect(again.ran == ["tokenize"])
    #expect(again.outputs == first.outputs)
    #expect(try millrace("verify").exitCode == 0)
  }

  @Test func `verify says whose result is damaged, and the command it gives makes it again`() throws
  {
    let millrace = try SmallPipeline.millrace()
    let settings = ["--set", "tokenize.rules=moses"]
    let other = try millrace.run("small.toml", settings[0], settings[1])
    let first = try millrace.run("small.toml")
    let mine = try #require(millrace.digest(of: "vocabulary", "vocabulary", in: first))
    let others = try #require(millrace.digest(of: "table", "tokenize", in: other))
    try #require(others != millrace.digest(of: "table", "tokenize", in: first))
    try millrace.damage(mine)
    try FileManager.default.removeItem(atPath: millrace.path(of: others))
    for damage in ["is damaged", "is missing, which record [0-9a-f]{12} names"] {
      let verified = try millrace("verify")
      #expect(verified.exitCode == 4)
      let line = try Regex(
        "artifact \(mine.prefix(12)) \(damage): 'vocabulary.vocabulary' of small.toml\n")
      #expect(verified.output.contains(line), "\(verified.output)")
      #expect(
        verified.output.contains(
          "names: 'tokenize.table' of small.toml with tokenize.rules=\"moses\"\n"))
      #expect(
        verified.output.contains("  try: `millrace run small.toml vocabulary` makes it again\n"))
      #expect(verified.output.components(separatedBy: "artifact ").count == 3)
    }
    let json = try millrace("verify", "--json").json as? [String: Any]
    let remedies = try #require(json?["remedies"] as? [String])
    #expect(remedies.count == 2)
    for remedy in remedies {
      let command = try #require(remedy.firstMatch(of: /^`(.*)` makes it again$/)).1
      #expect(try millrace.shell(String(command)).exitCode == 0)
    }
    #expect(try millrace("verify").exitCode == 0)
  }

  @Test func `damage of what no definition gives any more goes with the command that is given`()
    throws
  {
    let millrace = try SmallPipeline.millrace()
    let old = try millrace.run("small.toml")
    try millrace.folder.write(
      "small.toml", SmallPipeline.definition.replacing("size = 300", with: "size = 200"))
    try millrace("run", "small.toml")
    let digest = try #require(millrace.digest(of: "vocabulary", "vocabulary", in: old))
    try FileManager.default.removeItem(atPath: millrace.path(of: digest))
    let verified = try millrace("verify")
    #expect(verified.exitCode == 4)
    let found = verified.output.firstMatch(of: /try: results that no .* go with `millrace (gc .*)`/)
    let words = try #require(found, "\(verified.output)").1
    #expect(try millrace.shell("millrace \(words) --yes").exitCode == 0)
    #expect(try millrace("verify").exitCode == 0)
  }

  @Test func `damage is noticed when the bytes are used, said once, and made good`() throws {
    let millrace = try SmallPipeline.millrace()
    let first = try millrace.run("small.toml")
    let digest = try #require(millrace.digest(of: "vocabulary", "vocabulary", in: first))
    try millrace.damage(digest)
    // A stage that reads the damaged bytes must run for them to be looked at.
    try FileManager.default.removeItem(
      atPath: millrace.path(of: try #require(millrace.digest(of: "train", "binarize", in: first))))
    let again = try millrace.run("small.toml")
    #expect(again.exitCode == 0)
    #expect(again.ran == ["vocabulary", "binarize"])
    #expect(again.outputs == first.outputs)
    let notices = again.finished.jsonLines.filter { $0["event"] as? String == "notice" }
    #expect(notices.count == 1)
    #expect((notices.first?["text"] as? String)?.contains(digest.prefix(12)) == true)
  }

  @Test func `a damaged record is a miss that is told on standard error`() throws {
    let millrace = try SmallPipeline.millrace()
    let first = try millrace.run("small.toml")
    let key = try #require(first.stages["clean"]?["key"] as? String)
    try millrace.damage(key, in: "keys")
    let status = try millrace("status", "small.toml")
    #expect(status.errors.contains("the record \(key.prefix(12)) was damaged"))
    #expect(try millrace.run("small.toml").ran == ["clean"])
  }

  @Test func `a damaged pin is found by verify and keeps gc from removing anything`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    #expect(try millrace("pin", "small.toml", "train", "--name", "best").exitCode == 0)
    let pin = millrace.folder.url.appending(path: ".millrace/pins/best")
    let whole = try Data(contentsOf: pin)
    var bytes = whole
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: pin)
    let verified = try millrace("verify")
    #expect(verified.exitCode == 4)
    #expect(verified.output.contains("the pin 'best' is damaged"))
    let collected = try millrace("gc", "--older-than", "0s", "--runs", "0", "--yes")
    #expect(collected.exitCode == 4)
    #expect(collected.errors.contains("millrace unpin best"))
    #expect(try millrace.run("small.toml").last["ran"] as? Int == 0)
    #expect(try millrace("pin", "small.toml", "train", "--name", "best").exitCode == 0)
    #expect(try Data(contentsOf: pin) == whole)
    #expect(try millrace("verify").exitCode == 0)
    #expect(try millrace("gc").exitCode == 0)
  }

  @Test func `a damaged artifact that cannot be set aside fails what needs it, once`() throws {
    let millrace = try SmallPipeline.millrace()
    let first = try millrace.run("small.toml")
    let digest = try #require(millrace.digest(of: "train", "binarize", in: first))
    try millrace.damage(digest)
    try millrace.folder.write(".millrace/corrupt", "in the folder's place")
    let program = Millrace.program.path
    let again = try millrace.shell(
      "timeout 60 '\(program)' run small.toml --set train.epochs=1; echo exit $?")
    #expect(again.output.contains("exit 1"))
    let problems = again.output + again.errors
    #expect(problems.components(separatedBy: "cannot be set aside").count == 2)
  }

  @Test(arguments: ["pipe", "/dev/zero"])
  func `a pipe or a device as data is one error at once`(path: String) throws {
    let millrace = try SmallPipeline.millrace(
      SmallPipeline.definition.replacing("rows.csv", with: path))
    try millrace.shell("mkfifo pipe")
    for (command, code) in [("check", 2), ("run", 1), ("status", 1), ("status --json", 1)] {
      let ended = try millrace.shell(
        "timeout -k 1 60 '\(Millrace.program.path)' \(command) small.toml; echo exit $?")
      #expect(ended.output.hasSuffix("exit \(code)\n"), "\(command): \(ended.output)")
      #expect(
        (ended.output + ended.errors).contains("error: '\(path)' is no regular file"), "\(command)")
    }
  }

  @Test func `a file over the size limit is one clear error, and nothing is lost`() throws {
    let millrace = try SmallPipeline.millrace()
    let limited = try millrace.shell("ulimit -f 24; millrace run small.toml")
    #expect(limited.exitCode == 1)
    #expect(limited.errors.components(separatedBy: "error:").count == 2)
    #expect(limited.errors.contains("File too large"))
    #expect(limited.errors.contains("ulimit -f"))
    let resumed = try millrace.run("small.toml")
    #expect(resumed.exitCode == 0)
    #expect(try resumed.outputs == SmallPipeline.millrace().run("small.toml").outputs)
    #expect(try millrace("verify").exitCode == 0)
    #expect(millrace.leftovers == [])
  }

  @Test func `a full disk is one clear error, and nothing is lost`() throws {
    let millrace = try SmallPipeline.millrace()
    let store = millrace.folder.path("disk")
    let mounted = try millrace.shell("mkdir disk && mount -t tmpfs -o size=200k none disk")
    guard mounted.exitCode == 0 else { return print("NOT RUN: a full disk: tmpfs needs root") }
    defer { _ = try? millrace.shell("umount -l '\(store)'") }
    let full = try millrace("run", "small.toml", "--store", store)
    #expect(full.exitCode == 1)
    #expect(full.errors.components(separatedBy: "error:").count == 2)
    #expect(full.errors.contains("No space left on device"))
    #expect(try millrace.shell("mount -o remount,size=20m '\(store)'").exitCode == 0)
    let resumed = try millrace.run("small.toml", "--store", store)
    #expect(resumed.exitCode == 0)
    #expect(resumed.ran.count < SmallPipeline.stageCount)
    #expect(try resumed.outputs == SmallPipeline.millrace().run("small.toml").outputs)
  }

  @Test func `a failed stage stops only what needs it, and says where and why`() throws {
    let definition =
      SmallPipeline.definition + "\n[stage.other]\nkind = \"tokenize\"\nfrom = \"load\"\n"
    let millrace = try SmallPipeline.millrace(definition)
    let failed = try millrace.run("small.toml", "--set", "clean.columns=body")
    #expect(failed.exitCode == 1)
    #expect(failed.ran == ["load", "other"])
    #expect(failed.stages("failed") == ["clean"])
    #expect(failed.stages("blocked").count == 6)
    #expect(failed.stages["train"]?["blocked-by"] as? String == "clean")
    #expect((failed.stages["clean"]?["problem"] as? String)?.contains("no column 'body'") == true)
    #expect(failed.last["failed"] as? Int == 1)
  }
}

extension Millrace {
  /// Flips a bit of a file of the store.
  func damage(_ digest: String, in kind: String = "objects") throws {
    let url = folder.url.appending(
      path: ".millrace/\(kind)/\(digest.prefix(2))/\(digest.dropFirst(2))")
    var bytes = try Data(contentsOf: url)
    bytes[bytes.count / 2] ^= 1
    try FileManager.default.removeItem(at: url)
    try bytes.write(to: url)
  }
}
