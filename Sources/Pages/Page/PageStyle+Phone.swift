extension PageStyle {
  /// The rules for narrow pages.
  static let phone: StaticString = """
    @media (max-width: 40rem) { body { padding: 1rem .8rem 2rem; }
      .headline strong { font-size: 1.5rem; } .facts { gap: .5rem 1.6rem; }
      table { font-size: .84rem; } th { font-size: .75rem; } td, th { padding-right: .4rem; }
      td.number, th.number { padding-left: .4rem; } td.bar { min-width: 3.6rem;
      background-size: calc(100% - .5rem) 76%; background-position: .3rem 50%; }
      .wrapping thead { display: none; } .wrapping tr { display: flex; flex-wrap: wrap;
      gap: 0 1rem; padding: .4rem 0; border-bottom: 1px solid var(--rule); }
      .wrapping td { border: 0; padding: 0; } .wrapping td.number { padding: 0; }
      .wrapping td[data-column]::before { content: attr(data-column) " "; color: var(--soft);
      font-size: .75rem; font-weight: 400; } .wrapping td.passage { flex-basis: 100%; min-width: 0; }
      .matrix { border-spacing: 1px; } .matrix td { min-width: 1.15rem; height: 1.4rem;
      padding: 0; font-size: .7rem; } .matrix td a { line-height: 1.4rem; }
      .matrix th { font-size: .7rem; padding: 0 .2rem; } }

    """
}
