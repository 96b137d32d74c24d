/// The names of HTML's elements, of today's and of older versions.
enum HTMLElements {
  /// Whether an element has this name.
  static func contains(_ name: ElementName) -> Bool {
    let places = places.span
    var place = name.place
    while let other = places[place] {
      if other == name { return true }
      place = (place + 1) % ElementName.placeCount
    }
    return false
  }

  /// Each name at its place, or, where another is there, at the next free one.
  private static let places: [ElementName?] = {
    var places = [ElementName?](repeating: nil, count: ElementName.placeCount)
    for letters in namesText.split(whereSeparator: \.isWhitespace) {
      let name = ElementName(letters.utf8)
      var place = name.place
      while places[place] != nil { place = (place + 1) % places.count }
      places[place] = name
    }
    return places
  }()

  private static let namesText = """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink
    blockquote body br button canvas caption center cite code col colgroup data datalist dd del
    details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame
    frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd
    keygen label legend li link listing main map mark marquee math menu menuitem meta meter nav nobr
    noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress
    q rb rp rt rtc ruby s samp script search section select slot small source spacer span strike
    strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr
    track tt u ul var video wbr xmp
    """

  /// Attributes that may stand without a value.
  static let valueless: Set<String> = [
    "allowfullscreen", "async", "autofocus", "autoplay", "checked", "compact", "controls",
    "default", "defer", "disabled", "download", "formnovalidate", "hidden", "inert", "ismap",
    "itemscope", "loop", "multiple", "muted", "nohref", "nomodule", "noresize", "noshade",
    "novalidate", "nowrap", "open", "playsinline", "readonly", "required", "reversed", "scoped",
    "seamless", "selected",
  ]
}

/// A name in lower case as one number, which is compared at once.
struct ElementName: Hashable {
  /// Many more than there are elements.
  static let placeCount = 1024

  private var bytes: UInt128 = 0

  static let (script, style) = (ElementName("script".utf8), ElementName("style".utf8))

  /// A name of ASCII letters and digits; those of more than sixteen are one name, which no element has.
  init(_ letters: some Collection<UInt8>) {
    guard letters.count <= 16 else {
      bytes = .max
      return
    }
    for letter in letters {
      bytes = bytes << 8 | UInt128((0x41...0x5A).contains(letter) ? letter | 0x20 : letter)
    }
  }

  /// Where it is looked for among so many places.
  var place: Int {
    let mixed = UInt64(truncatingIfNeeded: bytes ^ bytes >> 64) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 54)
  }
}
