/// The members of rows that are wanted, as a tree of names, and the column that each of them fills.
///
/// `user.text` is the member `text` of the member `user`, or one that is itself called `user.text`;
/// the elements of a list are called by their numbers, counted from 1.
struct JSONColumns: Sendable {
  struct Node: Sendable {
    fileprivate(set) var children: [String: Int] = [:]
    /// The columns that a value here fills.
    fileprivate(set) var columns: [Int] = []
    /// Its name, with those above it.
    let path: String
  }

  static let root = 0

  /// What the columns are called, in their order.
  private(set) var names: [String] = []
  /// Columns whose lists are texts: their elements are joined by blanks.
  private(set) var joinsLists: [Bool] = []
  /// Where lists stand that hold rows, as far as columns are found on the way.
  private(set) var rowLists: [String] = []
  private var nodes = [Node(path: "")]
  /// Whether every value becomes a column, as it is met.
  private let findsColumns: Bool

  /// Only the chosen members.
  init(_ choices: [ColumnChoice]) {
    findsColumns = false
    for choice in choices {
      let column = names.count
      names.append(choice.name)
      joinsLists.append(choice.joinsLists)
      switch choice.source {
      case .number(let number): add(column, at: ["\(number)"])
      case .header(let name):
        add(column, at: [name])
        let steps = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if steps.count > 1 { add(column, at: steps) }
      }
    }
  }

  /// Every member that holds a text, a number, a truth value, or a list of them.
  init() { findsColumns = true }

  private mutating func add(_ column: Int, at steps: [String]) {
    var node = Self.root
    for step in steps { node = child(of: node, named: step, makes: true) ?? node }
    nodes[node].columns.append(column)
  }

  private mutating func child(of node: Int, named name: String, makes: Bool) -> Int? {
    if let known = nodes[node].children[name] { return known }
    guard makes else { return nil }
    let path = nodes[node].path.isEmpty ? name : "\(nodes[node].path).\(name)"
    nodes.append(Node(path: path))
    nodes[node].children[name] = nodes.count - 1
    return nodes.count - 1
  }

  /// Where the members stand that fill a column.
  func path(of column: Int) -> String {
    nodes.first { $0.columns.contains(column) }?.path ?? names[column]
  }

  subscript(node: Int) -> Node { nodes[node] }

  /// Whether a member of what is at the node may be wanted.
  func hasChildren(_ node: Int) -> Bool { findsColumns || !nodes[node].children.isEmpty }

  /// So many columns tell enough of what rows are like.
  private static let mostFound = 1000

  /// The node of a member; nil when nothing in it is wanted.
  mutating func child(of node: Int, named name: [UInt8]) -> Int? {
    let makes = findsColumns && nodes.count < Self.mostFound
    return child(of: node, named: String(decoding: name, as: UTF8.self), makes: makes)
  }

  /// The columns that a value at the node fills.
  mutating func columns(at node: Int) -> [Int] {
    if findsColumns, nodes[node].columns.isEmpty, node != Self.root {
      nodes[node].columns = [names.count]
      names.append(nodes[node].path)
      joinsLists.append(true)
    }
    return nodes[node].columns
  }

  /// Notes that a list of objects or lists stands at the node.
  mutating func noteRows(at node: Int) {
    let path = nodes[node].path
    if findsColumns, !rowLists.contains(path) { rowLists.append(path) }
  }
}
