# Nobody may run the program while its files are replaced: it reads parts of itself later on.
running() {
    for one in /proc/[0-9]*/exe; do
        [ "$(readlink "$one" 2>/dev/null)" = /usr/lib/samenleven/samenleven ] && return 0
    done
    return 1
}

say() {
    case "${LC_ALL:-${LC_MESSAGES:-$LANG}}" in
        en*) echo "$2" ;;
        *) echo "$1" ;;
    esac
}

wait_until_closed() {
    running || return 0
    say "Samenleven is nog open. Bewaar je werk en sluit het venster; daarna gaat dit vanzelf verder." \
        "Samenleven is still open. Save your work and close the window; then this goes on by itself."
    left=${SAMENLEVEN_WAIT:-900}
    while running; do
        if [ "$left" -le 0 ]; then
            say "Samenleven bleef open. Er is niets veranderd; probeer het opnieuw als het gesloten is." \
                "Samenleven stayed open. Nothing was changed; try again when it is closed." >&2
            return 1
        fi
        sleep 1
        left=$((left - 1))
    done
}
