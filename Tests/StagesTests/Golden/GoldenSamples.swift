/// A pipeline for each kind that takes its branches on a few rows.
enum GoldenSamples {
  struct Sample {
    var files: [String: String] = [:]
    let definition: String
    /// Whether the outputs hold numbers that depend on the machine's matrix products.
    var holdsTrainedNumbers = false
  }

  static let all: [String: Sample] = [
    rowSamples, tokenSamples, idSamples, modelSamples, encoderSamples,
  ]
  .reduce(into: [:]) { all, samples in
    all.merge(samples) { _, _ in preconditionFailure("a kind has two samples") }
  }

  /// Labelled texts with marks, entities, repeats and gaps.
  static let rows = """
    id,label,title,text
    1,0,"Café <b>Noir</b>","See http://a.example/x?y=1 &amp; call 555-0100, it's GREAT!"
    2,1,ÉCOLE,"The quick brown fox.
    Second line, well-known – “quoted” No. 5 Foo. Bar."
    3,0,plain,the the  the cat sat\u{3000}down
    4,1,dup,A dog barked at 3 p.m.
    5,1,dup,A dog barked at 3 p.m.
    6,0,empty,
    7,1,ﬁne,"ﬁne №5 #39; tab\there \\"" and [this] <i>that</i> ★"
    8,0,"quote ""in"" it",GREAT GREATER l'été no@@ n
    9,1,last,"<!-- gone -->the dog & the cat, 1,000.5 e\u{301}"

    """

  /// Texts with words spelled like special tokens and pieces, invisible characters, and addresses.
  static let oddRows = """
    text,label
    "soft\u{AD}hyphen ❤️love <s> </s> <pad>",a
    見てhttp://a.example/x_(y)。次 no@@ @@,b
    \u{3000}\u{200B},a
    <unk> the the <s>,b

    """

  /// The beginning of a definition on `oddRows`.
  static let loadOddRows = """
    [stage.load-odd]
    kind = "load"
    path = "odd.csv"
    text = "text"
    label = "label"

    """

  /// Sentences in two languages, of like and unlike lengths.
  static let pairs = """
    de\ten
    ein Hund\ta dog
    ein sehr sehr sehr langer Satz | hier\tshort
    eins zwei drei vier fünf sechs sieben acht neun\tone two three four five six seven eight
    \tnothing

    """

  /// The beginning of a definition on `rows`.
  static let loadRows = """
    seed = 3
    [stage.load]
    kind = "load"
    path = "rows.csv"
    text = "text"
    label = "label"
    keep = ["id", "title"]

    """

  /// What divides those rows in three.
  static let splitRows = """
    [stage.split]
    kind = "split"
    from = "load"
    parts = { train = "rest", valid = 2, test = 2 }
    stratify = "label"

    """
}
