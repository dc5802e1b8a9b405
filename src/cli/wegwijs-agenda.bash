# Completion of wegwijs-agenda for bash: commands from its own help, options and their values from its own usage lines,
# today's codes where a code is wanted.
_wegwijs_agenda() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= common=() use values i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --agenda | --config | --lang | --by) common+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 1]}"); ((i++)) ;;
        -*) ;;
        *) command=${COMP_WORDS[i]}; break ;;
        esac
    done
    COMPREPLY=()
    if [ -z "$command" ]; then
        COMPREPLY=($(compgen -W "--agenda --config --lang --by help $(wegwijs-agenda help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p')" -- "$word"))
        return
    fi
    use=" $(wegwijs-agenda "$command" --help 2>/dev/null | tr -s '\n ' ' ')"
    values=$(grep -oE -- " \[?$before [a-z0-9]+(\|[a-z0-9-]+)+" <<<"$use" | sed 's/.* //; s/|/ /g')
    if [[ $before == --* ]] && [ -n "$values" ]; then
        COMPREPLY=($(compgen -W "$values" -- "$word"))
    elif [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$(grep -oE -- '--[a-z-]+' <<<"$use")" -- "$word"))
    elif [[ $use == *" $command CODE"* && $before == "$command" ]]; then
        COMPREPLY=($(compgen -W "$(wegwijs-agenda "${common[@]}" today --format json 2>/dev/null | sed -n 's/^ *"code": "\(.*\)",$/\1/p' | sort -u)" -- "${word^^}"))
    else
        COMPREPLY=($(compgen -f -- "$word"))
    fi
}
complete -o filenames -F _wegwijs_agenda wegwijs-agenda
