import Diagnostics
import Pipelines
import Tensors
import Training

extension ParameterRate {
  /// Declares and reads which parameters are frozen or learn at rates of their own.
  ///
  /// - Parameters:
  ///   - strategy: rates that the model itself gives some of them.
  ///   - layout: parameters of the names that the model will have, whatever their shapes.
  static func rates(
    from options: inout StageOptions, besides strategy: [ParameterRate],
    in layout: () -> ParameterLayout
  ) -> [ParameterRate] {
    let (frozen, paced) = options.added { options in
      (
        options.texts(
          "freeze", default: [],
          "parameters that stay as they start, by name, * standing for any letters: \"embedding.*\""
        ).map { ParameterRate($0, factor: 0) },
        options.numbers(
          "rates", in: .atLeast(0),
          "what learning-rate is multiplied by for some parameters: { \"embedding.*\" = 0.1 }"
        ).map { ParameterRate($0.name, factor: $0.value) }
      )
    }
    let rates = frozen + paced
    guard !rates.isEmpty else { return [] }
    // The names do not depend on the data, so that a misspelt one is found before anything runs.
    do throws(Diagnostic) {
      _ = try ParameterGroups(frozen, strategy: strategy, in: layout())
    } catch {
      options.reject("freeze", error.message)
      return []
    }
    do throws(Diagnostic) {
      _ = try ParameterGroups(rates, strategy: strategy, in: layout())
    } catch {
      options.reject("rates", error.message)
      return []
    }
    return rates
  }
}

extension TrainingOptions {
  /// Reports a pattern of `no-decay` that no parameter matches.
  func checkUndecayed(in layout: () -> ParameterLayout, of options: inout StageOptions) {
    guard !undecayed.isEmpty else { return }
    do throws(Diagnostic) {
      _ = try ParameterGroups([], undecayed: undecayed, in: layout())
    } catch {
      options.reject("no-decay", error.message)
    }
  }
}
