import Diagnostics

/// One change to the disk that a store is about to make; tests stop a commit before any of them.
package enum FileSystemStep: Hashable, Sendable {
  case write, synchronize, rename, link, remove
}

/// Called before each change; when it throws, the store stops there, as if the process had ended.
package typealias BeforeStep = @Sendable (FileSystemStep) throws(Diagnostic) -> Void
