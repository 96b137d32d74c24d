extension PageStyle {
  /// The rules for narrow pages.
  static let phone: StyleRules = """
    @media (max-width: 40rem) { body { padding: 1rem .8rem 2rem; }
      .headline .facts > div:first-child strong { font-size: 1.7rem; } .facts { gap: .5rem 1.6rem; }
      dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; }
      table { font-size: .84rem; } th { font-size: .75rem; } td, th { padding-right: .4rem; }
      td.number, th.number { padding-left: .4rem; } td.bar svg { width: 2.2rem; }
      .wrapping thead { display: none; } .wrapping tr { display: flex; flex-wrap: wrap;
      gap: 0 1rem; padding: .4rem 0; border-bottom: 1px solid var(--rule); }
      .wrapping td { border: 0; padding: 0; } .wrapping td.number { padding: 0; }
      .wrapping td[data-column]::before { content: attr(data-column) " "; color: var(--soft);
      font-size: .75rem; font-weight: 400; } .wrapping td.passage { flex-basis: 100%; min-width: 0; }
      .sentence { padding-left: 1rem; text-indent: -1rem; } .sentence .name { width: auto;
      min-width: 4.6rem; } .matrix { border-spacing: 1px; --side: 1.4rem; }
      .matrix td { font-size: .7rem; } .matrix th { font-size: .7rem; padding: 0 .2rem; } }

    """
}
