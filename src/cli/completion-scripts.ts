/** What a shell runs to complete a word: `netpol-sim complete-word -- WORD…`, the last one being typed. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_netpol_sim() {
  local line
  COMPREPLY=()
  local words=() current="\${COMP_LINE:0:COMP_POINT}"
  read -ra words <<<"$current"
  [[ "$current" == *' ' ]] && words+=('')
  local typed="\${words[-1]}" prefix=''
  # bash takes a colon for the end of a word
  [[ "$typed" == *:* && "$COMP_WORDBREAKS" == *:* ]] && prefix="\${typed%"\${typed##*:}"}"
  while IFS= read -r line; do
    COMPREPLY+=("\${line#"$prefix"}")
  done < <(netpol-sim complete-word -- "\${words[@]:1}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && "\${COMPREPLY[0]}" == */ ]] && compopt -o nospace
}
complete -o default -F _netpol_sim netpol-sim
`,
  zsh: `#compdef netpol-sim
_netpol_sim() {
  local -a found
  found=("\${(@f)$(netpol-sim complete-word -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then
    compadd -Q -- "\${found[@]}"
  else
    _files
  fi
}
compdef _netpol_sim netpol-sim
`,
  fish: `function __netpol_sim_complete
  set -l words (commandline -opc) (commandline -ct)
  netpol-sim complete-word -- $words[2..-1] 2>/dev/null
end
complete -c netpol-sim -a '(__netpol_sim_complete)'
`,
}
