extension DefinitionDiagnostics {
  /// Options that no stage takes as they are.
  static let options: [String: String] = [
    "unknown-kind": """
    unknown-kind.toml:6:8: error: there is no stage kind 'tokenise'; did you mean 'tokenize'?
        6 | [stage.tokenise]
          |        ^~~~~~~~
      try: `millrace stages` lists them: load, clean, tokenize, detokenize, learn-bpe, apply-bpe, split, learn-vocabulary, import-vocabulary, pad, binarize, encode, train, import-convs2s, predict, translate, evaluate, command, import-merges, import-model
    """,
    "unknown-option": """
    unknown-option.toml:8:1: error: clean has no option 'lower-case'; did you mean 'lowercase'?
        8 | lower-case = true
          | ^~~~~~~~~~
      try: `millrace stages clean` lists its options
    """,
    "missing-option": """
    missing-option.toml:6:8: error: binarize needs the option 'vocabulary'
        6 | [stage.binarize]
          |        ^~~~~~~~
      try: add vocabulary = reference to a vocabulary
    """,
    "misspelt-needed-option": """
    misspelt-needed-option.toml:6:8: error: clean needs the option 'from'
        6 | [stage.clean]
          |        ^~~~~
      try: spell 'form' as 'from'
    misspelt-needed-option.toml:7:1: error: clean has no option 'form'; did you mean 'from'?
        7 | form = "load"
          | ^~~~
      try: `millrace stages clean` lists its options
    """,
    "wrong-type": """
    wrong-type.toml:8:13: error: lowercase wants true or false, but this is a string
        8 | lowercase = "yes"
          |             ^~~~~
      try: give true or false
    """,
    "out-of-range": """
    out-of-range.toml:20:11: error: dropout is out of range
       20 | dropout = 1.5
          |           ^~~
      try: give a number from 0, below 1
    """,
    "unknown-choice": """
    unknown-choice.toml:8:9: error: 'mosses' is no rules; did you mean 'moses'?
        8 | rules = "mosses"
          |         ^~~~~~~~
      try: use one of moses, words, whitespace, characters, wordpiece
    """,
    "unset-variable": """
    unset-variable.toml:2:8: error: the environment variable MILLRACE_NOWHERE is not set
        2 | path = "$MILLRACE_NOWHERE/good.csv"
          |        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
      try: set it, as in `MILLRACE_NOWHERE=/path/to/folder millrace …`, or write the path out
    """,
    "no-file": """
    no-file.toml:2:8: error: path names no file
        2 | path = []
          |        ^~
      try: give at least one path
    """,
    "unknown-score": """
    unknown-score.toml:20:9: error: this model has no score 'macro-f2'; did you mean 'macro-f1'?
       20 | watch = "macro-f2"
          |         ^~~~~~~~~~
      try: use one of loss, macro-f1, accuracy, weighted-f1, log-loss, micro-f1
    """,
    "delimiter-of-two-characters": """
    delimiter-of-two-characters.toml:5:13: error: delimiter is out of range
        5 | delimiter = "||"
          |             ^~~~
      try: give one ASCII character
    """,
    "bad-pattern": #"""
    bad-pattern.toml:8:11: error: '(a' is not a regular expression
        8 | protect = ["[0-9]+", "(a"]
          |           ^~~~~~~~~~~~~~~~
      try: check its brackets, or put \ before characters meant literally
    """#,
  ]
}
