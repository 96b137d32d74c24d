/// The completion script of a shell, which asks the program for the words that may come next.
///
/// The program prints a line for each name, with its meaning after a tab, and `:files` where a file may
/// be named.
enum ShellScript: String, CaseIterable {
  case bash, zsh, fish

  var text: String {
    switch self {
    case .bash:
      #"""
      # millrace for bash: eval "$(millrace completions bash)"
      _millrace() {
        local line name current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        COMPREPLY=()
        while IFS= read -r line; do
          if [[ $line == :files ]]; then
            compopt -o filenames
            while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
          else
            name=${line%%$'\t'*}
            # Bash completes what stands behind the last =.
            if [[ ($current == = || $before == =) && -n ${name#*=} ]]; then name=${name#*=}; fi
            COMPREPLY+=("$name")
          fi
        done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        if [[ ${COMPREPLY[0]-} == *= ]]; then compopt -o nospace; fi
      }
      complete -F _millrace millrace
      """#
    case .zsh:
      #"""
      #compdef millrace
      # millrace for zsh: eval "$(millrace completions zsh)", after compinit
      _millrace() {
        local line name
        local -a names open
        while IFS= read -r line; do
          name=${line%%$'\t'*}
          if [[ $line == :files ]]; then
            _files
          elif [[ $name == *= ]]; then
            open+=("${name//:/\\:}:${line#*$'\t'}")
          else
            names+=("${name//:/\\:}:${line#*$'\t'}")
          fi
        done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
        (( ${#names} )) && _describe -V millrace names
        (( ${#open} )) && _describe -V millrace open -S ''
        return 0
      }
      compdef _millrace millrace
      """#
    case .fish:
      #"""
      # millrace for fish: millrace completions fish | source
      function __millrace_complete
        set -l words (commandline -opc)
        set -l current (commandline -ct)
        for line in ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
          if test "$line" = :files
            __fish_complete_path "$current"
          else
            echo $line
          end
        end
      end
      complete -c millrace -f -a '(__millrace_complete)'
      """#
    }
  }
}
