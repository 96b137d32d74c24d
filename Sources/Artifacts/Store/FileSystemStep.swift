import Diagnostics

/// One change to the disk that a store is about to make; tests stop a commit before any of them.
package enum FileSystemStep: Hashable, Sendable {
  case write, synchronize, rename, link, remove
}

/// Called before each change; what it throws stands for the end of the process.
package typealias BeforeStep = @Sendable (FileSystemStep) throws(Diagnostic) -> Void
