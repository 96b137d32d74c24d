import Foundation
import HostileInputs

/// The format that `MILLRACE_FORMAT` names.
private let format: HostileFormat = {
  let name = ProcessInfo.processInfo.environment["MILLRACE_FORMAT"] ?? ""
  guard let format = HostileFormat.all.first(where: { $0.name == name }) else {
    fatalError("MILLRACE_FORMAT is '\(name)', none of \(HostileFormat.all)")
  }
  return format
}()

/// What libFuzzer calls with each input; a violation ends the program, which makes it keep the input.
@c(LLVMFuzzerTestOneInput)
public func checkOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  if case .violation(let text) = format.answer(to: bytes) { fatalError(text) }
  return 0
}
