import Fixtures
import Foundation

/// What a power cut left of a disk: of what was not synchronised any part may be lost.
///
/// A file's name is on the disk once its folder was synchronised, its bytes once it was itself. Of what
/// was written later, each sector is on the disk as it was at some moment since, whatever the others
/// are. Of later changes of names some are lost too; a rename happens whole or not at all.
package struct PowerCut {
  private static let sectorSize = 512

  /// What becomes of changes that were not synchronised.
  package enum Fate: CaseIterable, Sendable {
    case lost, kept, drawn
    /// The sizes of files arrive, and zeros in the place of bytes.
    case sized
  }

  private var files: [String: DiskLog.Node] = [:]
  private var folders: Set<String> = []
  private var contents: [DiskLog.Node: [UInt8]] = [:]
  /// The sectors of which a write did not arrive, so that no later one did.
  private var lostSectors: Set<Sector> = []

  private struct Sector: Hashable {
    let node: DiskLog.Node
    let number: Int
  }

  /// - Parameters:
  ///   - count: how many changes had been made when the power failed.
  ///   - root: the folder that was there before and is on the disk.
  package init(
    of log: DiskLog, after count: Int, root: String, _ fate: Fate,
    using random: inout SeededNumbers
  ) {
    let changes = log.changes.prefix(count)
    var fileSynchronized: [DiskLog.Node: Int] = [:]
    var folderSynchronized: [String: Int] = [:]
    for (index, change) in changes.enumerated() {
      switch change {
      case .synchronize(let node): fileSynchronized[node] = index
      case .synchronizeFolder(let path): folderSynchronized[path] = index
      default: continue
      }
    }
    folders = [root]
    for (index, change) in changes.enumerated() {
      func isKept(_ paths: String...) -> Bool {
        paths.contains { folderSynchronized[Self.folder(of: $0), default: -1] > index }
          || Self.draw(fate, using: &random)
      }
      switch change {
      case .name(let path, let node): if isKept(path) { files[path] = node }
      case .makeFolder(let path): if isKept(path) { folders.insert(path) }
      case .removeFolder(let path): if isKept(path) { folders.remove(path) }
      case .remove(let path): if isKept(path) { files[path] = nil }
      case .rename(let path, let other, let node):
        guard isKept(path, other) else { continue }
        if files[path] == node { files[path] = nil }
        files[other] = node
      case .write(let node, let offset, let bytes):
        let isSafe = fileSynchronized[node, default: -1] > index
        write(bytes, at: offset, to: node, isSafe ? .kept : fate, using: &random)
      case .resize(let node, let byteCount):
        guard fileSynchronized[node, default: -1] > index || Self.draw(fate, using: &random) else {
          continue
        }
        resize(node, to: byteCount)
      case .synchronize, .synchronizeFolder: continue
      }
    }
  }

  private static func folder(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }

  private static func draw(_ fate: Fate, using random: inout SeededNumbers) -> Bool {
    switch fate {
    case .lost: false
    case .kept, .sized: true
    case .drawn: Bool.random(using: &random)
    }
  }

  private mutating func resize(_ node: DiskLog.Node, to byteCount: Int) {
    var content = contents[node] ?? []
    content.removeLast(max(0, content.count - byteCount))
    content += [UInt8](repeating: 0, count: byteCount - content.count)
    contents[node] = content
  }

  private mutating func write(
    _ bytes: [UInt8], at offset: Int, to node: DiskLog.Node, _ fate: Fate,
    using random: inout SeededNumbers
  ) {
    var start = 0
    while start < bytes.count {
      let sectorEnd = ((offset + start) / Self.sectorSize + 1) * Self.sectorSize - offset
      let end = min(bytes.count, sectorEnd)
      let sector = Sector(node: node, number: (offset + start) / Self.sectorSize)
      if !lostSectors.contains(sector), Self.draw(fate, using: &random) {
        // What lies before it and never arrived is zeros.
        if (contents[node]?.count ?? 0) < offset + end { resize(node, to: offset + end) }
        if fate != .sized {
          contents[node]?.replaceSubrange(
            (offset + start)..<(offset + end), with: bytes[start..<end])
        }
      } else {
        lostSectors.insert(sector)
      }
      start = end
    }
  }

  /// Writes what is left into an empty folder, which takes the place of the root.
  package func write(into folder: String, root: String) throws {
    func isReachable(_ path: String) -> Bool {
      path == root
        || path.hasPrefix(root + "/") && folders.contains(path)
          && isReachable(Self.folder(of: path))
    }
    let manager = FileManager.default
    for path in folders.sorted() where isReachable(path) {
      try manager.createDirectory(
        atPath: folder + path.dropFirst(root.count), withIntermediateDirectories: true)
    }
    for (path, node) in files where isReachable(Self.folder(of: path)) {
      try Data(contents[node] ?? []).write(
        to: URL(filePath: folder + path.dropFirst(root.count)))
    }
  }
}
