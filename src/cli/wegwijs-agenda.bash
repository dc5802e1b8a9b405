# Completion of wegwijs-agenda for bash: commands from its own help, options from its own usage lines.
_wegwijs_agenda() {
    local word=${COMP_WORDS[COMP_CWORD]} command= i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --agenda | --config | --lang | --by) ((i++)) ;;
        -*) ;;
        *) command=${COMP_WORDS[i]}; break ;;
        esac
    done
    if [ -z "$command" ]; then
        COMPREPLY=($(compgen -W "--agenda --config --lang --by help $(wegwijs-agenda help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p')" -- "$word"))
    elif [ "$command" = slip ] && [ "${COMP_WORDS[COMP_CWORD - 1]}" = --printer ]; then
        COMPREPLY=($(compgen -W "picture escpos cups" -- "$word"))
    elif [ "$command" = slip ] && [ "${COMP_WORDS[COMP_CWORD - 1]}" = --paper ]; then
        COMPREPLY=($(compgen -W "80 58 a5 a4" -- "$word"))
    elif [ "$command" = slip ] && [ "${COMP_WORDS[COMP_CWORD - 1]}" = --dpi ]; then
        COMPREPLY=($(compgen -W "203 180" -- "$word"))
    elif [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$(wegwijs-agenda "$command" --help 2>/dev/null | grep -oE -- '--[a-z-]+')" -- "$word"))
    else
        COMPREPLY=($(compgen -f -- "$word"))
    fi
}
complete -o filenames -F _wegwijs_agenda wegwijs-agenda
