extension DefinitionDiagnostics {
  /// Texts that are no definition at all.
  static let syntax: [String: String] = [
    "unterminated-string": #"""
    unterminated-string.toml:1:8: error: this string is never closed
        1 | name = "pipeline
          |        ^~~~~~~~~
      try: add the missing quote; a string over several lines takes three: """…""" or '''…'''
    """#,
    "missing-equals": """
    missing-equals.toml:4:7: error: a key must be followed by '=' and its value
        4 | label "label"
          |       ^
      try: write key = value; put quotes around a key that holds other characters than A-Z a-z 0-9 _ -
    """,
    "duplicate-key": """
    duplicate-key.toml:5:1: error: 'text' is already defined on line 3
        5 | text = "title"
          | ^~~~
      try: remove one of the two, or give it another name
    """,
    "duplicate-stage": """
    duplicate-stage.toml:6:8: error: 'load' is already defined on line 1
        6 | [stage.load]
          |        ^~~~
      try: remove one of the two, or give it another name
    """,
    "unknown-entry": """
    unknown-entry.toml:1:1: error: a definition has no entry 'sead'; did you mean 'seed'?
        1 | sead = 7
          | ^~~~
      try: at the top stand name, seed and test, then [stage.NAME], [sweep.NAME] and [executor]
    """,
    "no-stages": """
    no-stages.toml: error: the definition has no stages
      try: add a table such as [stage.load] with kind = "load"
    """,
    "stage-is-no-table": """
    stage-is-no-table.toml:1:7: error: 'load' wants a table
        1 | stage.load = "load"
          |       ^~~~
      try: write [stage.NAME] with the options below it
    """,
    "stage-name": """
    stage-name.toml:6:8: error: 'clean.more' cannot name a stage
        6 | [stage."clean.more"]
          |        ^~~~~~~~~~~~
      try: use a name without dots, which separate ports
    """,
    "negative-seed": """
    negative-seed.toml:1:8: error: seed is out of range
        1 | seed = -1
          |        ^~
      try: give a whole number from 0
    """,
    "unknown-sweep-option": """
    unknown-sweep-option.toml:7:1: error: a sweep has no option 'gird'; did you mean 'grid'?
        7 | gird = { "load.text" = ["a", "b"] }
          | ^~~~
      try: use grid, zip, list, random, seeds, halving, best
    """,
    "many-problems": """
    many-problems.toml:1:1: error: a definition has no entry 'sead'; did you mean 'seed'?
        1 | sead = 7
          | ^~~~
      try: at the top stand name, seed and test, then [stage.NAME], [sweep.NAME] and [executor]
    many-problems.toml:5:1: error: load has no option 'lable'; did you mean 'label'?
        5 | lable = "label"
          | ^~~~~
      try: `millrace stages load` lists its options
    many-problems.toml:8:8: error: there is no stage 'lod'; did you mean 'load'?
        8 | from = "lod"
          |        ^~~~~
      try: the stages are load, clean, tokenize
    many-problems.toml:9:13: error: lowercase wants true or false, but this is an integer
        9 | lowercase = 1
          |             ^
      try: give true or false
    many-problems.toml:13:9: error: 'word' is no rules; did you mean 'words'?
       13 | rules = "word"
          |         ^~~~~~
      try: use one of moses, words, whitespace, characters, wordpiece
    """,
  ]
}
