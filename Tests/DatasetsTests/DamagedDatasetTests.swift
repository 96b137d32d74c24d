import Datasets
import Files
import Fixtures
import Formats
import Foundation
import Testing

struct DamagedDatasetTests {
  @Test func `a damaged dataset is read whole, or refused`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("whole.safetensors")
    var writer = try DatasetWriter(
      columns: ["source", "target"].map {
        TokenColumn($0, vocabularySize: 10, padding: 0, end: 3)
      }, classNames: ["bad", "good"],
      spoolingIn: folder.path(""))
    for row in 1...4 as ClosedRange<Int32> {
      try writer.append([[5, row, 3], [row + 4, 3]], number: Int64(row), label: row % 2)
    }
    var file = try OutputFile(path)
    try writer.write(into: &file)
    try file.commit()
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    var soundCount = 0
    for copy in DamagedCopies(of: whole, count: 1_500) {
      let damaged = try folder.write("damaged", bytes: copy)
      let mapped = try? Dataset(path: damaged)
      let read = try? Dataset(SafetensorsFile(MappedFile(damaged, largeFrom: 0)))
      #expect((mapped == nil) == (read == nil))
      guard let dataset = read else { continue }
      soundCount += 1
      for row in 0..<dataset.count { _ = try dataset.ids(ofRow: row) }
      #expect(dataset.classCounts.reduce(0, +) == dataset.labels.count)
      let rows = Array(0..<Int32(dataset.count))[...]
      _ = try dataset.classification().batch(rows)
      if dataset.columns.count == 2, dataset.columns.allSatisfy({ $0.end != nil }) {
        let pairs = dataset.translation(sentenceLengths: 1...100)
        _ = try pairs.batch(Array(0..<Int32(pairs.count))[...])
      }
    }
    #expect(soundCount > 0)
  }
}
