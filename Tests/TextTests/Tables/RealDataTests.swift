import Diagnostics
import Fixtures
import Foundation
import HostileInputs
import Testing
import Text

struct RealDataTests {
  @Test(arguments: [
    ("classification/ag-news/train.csv.gz", 32_778, 3),
    ("classification/ag-news/test.csv.gz", 7_600, 3),
    ("classification/sst2/glue/train.tsv.gz", 67_349, 2),
    ("classification/sst2/glue/test-labeled.tsv.gz", 1_821, 2),
    ("classification/sst5/sentences/train.tsv.gz", 8_544, 2),
    ("classification/trec/train.tsv.gz", 5_452, 3), ("classification/mr/mr.tsv.gz", 10_662, 2),
    ("classification/stackoverflow-titles/titles.tsv.gz", 20_000, 2),
    ("translation/multi30k-de-en/tsv/train.de-en.tsv.gz", 29_000, 2),
    ("translation/tatoeba-en-fr/eng-fra.tsv.gz", 162_130, 2),
    ("translation/tatoeba-en-de/eng-deu.tsv.gz", 164_813, 2),
  ])
  func `the shared sets have the rows their source says`(path: String, count: Int, width: Int)
    throws
  {
    guard let folder = Folders.data else {
      return Folders.sayNotRun(path, missing: "MILLRACE_DATA")
    }
    var dialect = path.hasSuffix(".csv.gz") ? Dialect.csv : .tsv
    dialect.hasHeader = path.hasPrefix("classification") && !path.contains("ag-news")
    let bytes = try contents(of: folder.appending(path: path))
    let rows = try Rows(bytes, dialect: dialect)
    #expect(rows.fields.count == count)
    #expect(rows.columns.count == width)
  }

  @Test func `AG News labels become the names of its classes`() throws {
    guard let folder = Folders.data?.appending(path: "classification/ag-news") else {
      return Folders.sayNotRun("AG News", missing: "MILLRACE_DATA")
    }
    let names = try contents(of: folder.appending(path: "classes.txt"))
    let classes = try ClassNames(SideFile(names, path: "classes.txt"), firstNumber: 1)
    let bytes = try contents(of: folder.appending(path: "train.csv.gz"))
    var reader = try DelimitedReader(
      ByteChunks(bytes), file: "train.csv", dialect: Dialect { $0.hasHeader = false })
    var statistics = TableStatistics(columns: reader.columns)
    while let batch = try reader.next() {
      statistics.add(try batch.naming(column: 0, by: classes, files: ["train.csv"]))
    }
    #expect(
      statistics.columns[0].values
        == ["World": 8_206, "Sports": 8_244, "Business": 8_245, "Sci/Tech": 8_083])
  }

  @Test func `files in old encodings keep their lines`() throws {
    guard let folder = Folders.data?.appending(path: "classification") else {
      return Folders.sayNotRun("old encodings", missing: "MILLRACE_DATA")
    }
    for name in ["neg", "pos"] {
      let bytes = try contents(of: folder.appending(path: "mr/raw/rt-polarity.\(name)"))
      #expect(try lines([bytes], .latin1) == 5_331)
      #expect(try lines([bytes], .windows1252) == 5_331)
    }
    let trec = try contents(of: folder.appending(path: "trec/raw/TREC.train"))
    #expect(try lines([trec], .latin1) == 5_452)
    let error = #expect(throws: Diagnostic.self) { try lines([trec], .utf8) }
    #expect(error?.place?.line != nil)
  }

  @Test func `line-aligned Multi30k has as many rows as sentences`() throws {
    guard let folder = Folders.data?.appending(path: "translation/multi30k-de-en/raw") else {
      return Folders.sayNotRun("Multi30k", missing: "MILLRACE_DATA")
    }
    let files = try ["train.de.gz", "train.en.gz"].map {
      try contents(of: folder.appending(path: $0))
    }
    #expect(try lines(files, .utf8) == 29_000)
    let short = try contents(of: folder.appending(path: "val.en.gz"))
    let error = #expect(throws: Diagnostic.self) { try lines([files[0], short], .utf8) }
    #expect(error?.message.problem == "1014 lines, but f0 has 29000")
  }

  private func lines(_ files: [[UInt8]], _ encoding: TextEncoding) throws(Diagnostic) -> Int {
    let readers = files.map {
      LineReader(Decoder(ByteChunks($0), file: "f", encoding: encoding), file: "f")
    }
    let reader = ParallelReader(readers, files: files.indices.map { "f\($0)" })
    var count = 0
    while let batch = try reader.next() { count += batch.count }
    return count
  }
}
