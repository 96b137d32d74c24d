import Artifacts
import Diagnostics

extension ArtifactStore {
  /// Pins and roots that are damaged or cannot be read, and `problemsOfUse`.
  ///
  /// While there are any, it is not known which results must stay.
  package func problemsOfKeeping() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    func check(
      _ names: () throws(Diagnostic) -> [String], _ read: (String) throws(Diagnostic) -> Void
    ) {
      do throws(Diagnostic) {
        for name in try names() {
          do throws(Diagnostic) { try read(name) } catch { problems.append(error) }
        }
      } catch { problems.append(error) }
    }
    check(pinNames) { (name) throws(Diagnostic) in _ = try Pin(named: name, in: self) }
    check(rootNames) { (name) throws(Diagnostic) in _ = try DefinitionRoot(named: name, in: self) }
    return problems
  }
}
