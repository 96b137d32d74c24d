import Files
import Fixtures
import Foundation
import Training

extension TemporaryFolder {
  /// A place for checkpoints of its own.
  func checkpoints(_ name: String, interval: Duration = .zero) throws -> Checkpoints {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    return Checkpoints(folder: path(name), interval: interval)
  }

  /// Keeps in a folder what a process killed now would leave of its checkpoints.
  func keep(_ checkpoints: Checkpoints, in name: String) {
    let left = try? Data(contentsOf: URL(filePath: checkpoints.path))
    _ = try? write("\(name)/checkpoint.safetensors", bytes: Array(left ?? Data()))
  }

  /// Every byte of a training's state, as it would be stored.
  func bytes(of state: borrowing TrainingState) throws -> Data {
    let path = path("finished.safetensors")
    var file = try OutputFile(path)
    try state.write(into: &file)
    try file.commit()
    return try Data(contentsOf: URL(filePath: path))
  }
}
