import Foundation

/// The changes that were made to a disk, in their order.
package struct DiskLog: Sendable {
  /// A file, whatever its names are.
  package typealias Node = Int

  enum Change {
    case name(String, Node)
    case makeFolder(String)
    case removeFolder(String)
    case rename(String, to: String, Node)
    case remove(String)
    case write(Node, offset: Int, [UInt8])
    case resize(Node, Int)
    case synchronize(Node)
    case synchronizeFolder(String)
  }

  private(set) var changes: [Change] = []
  /// The files by the names that they have now.
  private var names: [String: Node] = [:]
  private var nodeCount = 0

  mutating func append(_ change: Change) { changes.append(change) }

  /// The file of a name, which is new unless it was named before.
  mutating func open(_ path: String, isEmptied: Bool) -> Node {
    if let node = names[path] {
      if isEmptied { append(.resize(node, 0)) }
      return node
    }
    nodeCount += 1
    names[path] = nodeCount
    append(.name(path, nodeCount))
    return nodeCount
  }

  mutating func rename(_ path: String, to other: String) {
    guard let node = names.removeValue(forKey: path) else { return }
    names[other] = node
    append(.rename(path, to: other, node))
  }

  mutating func link(_ path: String, to other: String) {
    guard let node = names[path] else { return }
    names[other] = node
    append(.name(other, node))
  }

  mutating func remove(_ path: String) {
    names[path] = nil
    append(.remove(path))
  }
}
