import Diagnostics
import Digests
import Files
import Glibc

/// Texts about work that is carried out elsewhere, in the folder `orders`.
///
/// None of them says what is done or what must stay: a lost one costs another attempt.
extension ArtifactStore {
  package var ordersFolder: String { "\(root)/orders" }

  /// The names in `orders`, sorted.
  package func orderNames() throws(Diagnostic) -> [String] { try names(in: "orders") }

  /// A text in `orders`; nil when there is none of the name.
  package func order(named name: String) throws(Diagnostic) -> [UInt8]? {
    try bytes(of: "\(ordersFolder)/\(name)")
  }

  /// Keeps a text in `orders`, in the place of the one before; others see the whole of either.
  package func setOrder(named name: String, to text: String) throws(Diagnostic) {
    let folder = try folder("orders")
    let temporary = try TemporaryFile(store: self)
    try temporary.write(text.utf8.span)
    try temporary.rename(to: "\(folder)/\(name)")
  }

  package func removeOrder(named name: String) {
    let path = "\(ordersFolder)/\(name)"
    if !files.remove(path), errno == EISDIR || errno == EPERM { Folder.remove(path, in: files) }
  }

  /// Whether a living process works on a key.
  package func isClaimed(_ key: Digest) -> Bool {
    (try? KeyLock.isHeld("\(partialFolder(key))/\(KeyClaim.lockName)", in: self)) ?? false
  }

  /// The files of a key's checkpoint: any other ones mean that its work got on.
  ///
  /// What lies in folders is none, as the tables of a command: the next attempt makes them anew.
  package func checkpoint(of key: Digest) -> [AgedFile] {
    let all = (try? files(in: "partial/\(key)")) ?? []
    return all.filter { file in
      !UnfinishedWork.smallNames.contains(file.name) && file.name != KeyClaim.keyName
        && (try? FileStatus.isFolder("\(partialFolder(key))/\(file.name)", in: files)) == false
    }
  }
}
