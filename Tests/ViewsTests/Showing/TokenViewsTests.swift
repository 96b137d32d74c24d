import Artifacts
import Datasets
import Diagnostics
import Formats
import Pipelines
import Testing
import Views

@Suite struct `What text becomes is shown` {
  private static let vocabulary = "<pad>\t0\n<unk>\t0\nthe\t6\ncat\t3\nsat\t1\n"
  private let sample: StoredSample

  init() throws { sample = try StoredSample() }

  @Test func `a vocabulary, with what it covers and what it does not know`() throws {
    let view = try sample.view(
      of: try sample.stored(Self.vocabulary), "vocabulary",
      facts: [
        .init(
          "unknown.test", ["tokens": 40, "unknown-tokens": 4, "types": 10, "unknown-types": 3])
      ])
    #expect(
      view.text(width: 80) == [
        "5 entries, 2 of them special; they stand for 10 tokens",
        "",
        "most frequent",
        "id  token  count   share   so far",
        "──  ─────  ─────  ──────  ───────",
        " 2  the        6  60.0 %   60.0 %",
        " 3  cat        3  30.0 %   90.0 %",
        " 4  sat        1  10.0 %  100.0 %",
        "",
        "rarest kept: 1 counted once",
        "sat",
        "",
        "unknown tokens, by part",
        "part  tokens  unknown   share  different  unknown   share",
        "────  ──────  ───────  ──────  ─────────  ───────  ──────",
        "test      40        4  10.0 %         10        3  30.0 %",
      ])
    #expect(view.json["unknown"]?["test"]?["unknown-tokens"] == 4)
  }

  @Test func `a vocabulary that was imported without counts, in its order`() throws {
    let view = try sample.view(
      of: try sample.stored("[PAD]\t0\n[UNK]\t0\n##s\t0\n"), "vocabulary", RowSelection(limit: 1))
    #expect(
      view.text(width: 80).prefix(6) == [
        "3 entries, none of them counted",
        "",
        "first entries",
        "id  token  count  share  so far",
        "──  ─────  ─────  ─────  ──────",
        " 0  [PAD]      0  0.0 %   0.0 %",
      ])
  }

  @Test func `the entries of a vocabulary that hold a text`() throws {
    let view = try sample.view(
      of: try sample.stored(Self.vocabulary), "vocabulary", RowSelection(limit: 5, text: "at"))
    #expect(
      view.json["entries"] == [
        ["id": 3, "token": "cat", "count": 3], ["id": 4, "token": "sat", "count": 1],
      ])
  }

  @Test func `merges, the first, the last and the longest`() throws {
    let view = try sample.view(
      of: try sample.stored("#version: 0.2\nt h\nth e</w>\nc a\nca t</w>\n"), "merges",
      RowSelection(limit: 1))
    #expect(
      view.text(width: 80) == [
        "4 merges; 2 end a word, 2 go on (written with - behind)",
        "", "first",
        "rank  left  right  piece",
        "────  ────  ─────  ─────",
        "   1  t     h      th-",
        "", "last",
        "rank  left  right  piece",
        "────  ────  ─────  ─────",
        "   4  ca    t</w>  cat",
        "", "longest pieces, with their rank",
        "th- (1)   the (2)   ca- (3)   cat (4)",
      ])
  }

  @Test func `a dataset, its rows decoded by the vocabulary of its key`() throws {
    let vocabulary = try sample.stored(Self.vocabulary)
    let object = try sample.stored { (draft) throws(Diagnostic) in
      var writer = try DatasetWriter(
        columns: [TokenColumn("text", vocabularySize: 5, padding: 0)], classNames: ["cat", "dog"],
        spoolingIn: "/tmp")
      try writer.append([[2, 3, 4, 0]], number: 2, label: 0)
      try writer.append([[2, 1, 0, 0]], number: 5, label: 1)
      try writer.write(into: &draft)
    }
    let key = (name: "vocabulary", value: StageKey.value(of: vocabulary.digest))
    let view = try sample.view(of: object, "dataset", by: "binarize", key: key)
    #expect(
      Array(view.text(width: 90).prefix(10)) == [
        "2 rows, 2 classes",
        "",
        "column  vocabulary  tokens  padding  unknown  least  median  mean  most",
        "──────  ──────────  ──────  ───────  ───────  ─────  ──────  ────  ────",
        "text             5       5   37.5 %   20.0 %      2       2   2.5     3",
        "",
        "line  label  text",
        "────  ─────  ───────────",
        "   2  cat    the cat sat",
        "   5  dog    the <unk>",
      ])
    let row = try sample.view(
      of: object, "dataset", by: "binarize", key: key, RowSelection(row: 2))
    #expect(row.json == ["row": 2, "line": "5", "label": "dog", "text": "the <unk>"])
  }

  @Test func `a dataset whose vocabulary is gone, by its ids`() throws {
    let object = try sample.stored { (draft) throws(Diagnostic) in
      var writer = try DatasetWriter(
        columns: [TokenColumn("text", vocabularySize: 5, padding: 0)], spoolingIn: "/tmp")
      try writer.append([[2, 3, 4, 0]], number: 2)
      try writer.write(into: &draft)
    }
    let view = try sample.view(of: object, "dataset", by: "binarize", RowSelection(row: 1))
    #expect(view.json["text"] == "2 3 4")
  }
}
