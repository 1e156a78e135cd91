"""What a shell completes: `lambdalint --generate-shell-completion SHELL` prints what it sources, and that asks
`lambdalint --complete SHELL WORD...` at each Tab, with the words before the cursor and the one at it.

The answer's first line is `files`, with what stands before the name in the word, where the shell completes the name of
a file by itself; else it is `words`, and a line each follows, a tab before what it means. What an option takes, its
metavar says: so one list, that of `arguments`, is all there is to keep.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lambdalint.formats import FORMATS

if TYPE_CHECKING:
    from lambdalint.checks import Rule

#: By the metavar of what takes them.
_FILES = ("FILE", "PATH", 'FILE|"KEY = VALUE"', "PATTERNS")
_CHOICES = {"FORMAT": FORMATS, "SEVERITY": ("error", "warning", "info")}

BASH = """\
_lambdalint() {
    local line directive=""
    COMPREPLY=()
    while IFS= read -r line; do
        if [ -z "$directive" ]; then directive=$line; else COMPREPLY+=("${line%%$'\\t'*}"); fi
    done < <("$1" --complete bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    # Where nothing is given, bash completes names of files by itself.
    if [ "${directive%%$'\\t'*}" != files ]; then compopt +o default 2>/dev/null; fi
}
complete -o default -F _lambdalint lambdalint
"""

ZSH = """\
#compdef lambdalint
_lambdalint() {
    local line
    local -a lines values
    lines=("${(@f)$("${(Q)words[1]}" --complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ "$lines[1]" == files* ]]; then
        compset -P '--*='
        _files
        return
    fi
    for line in "${(@)lines[2,-1]}"; do
        values+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}")
    done
    _describe -t values value values
}
if [[ "$zsh_eval_context[-1]" == loadautofunc ]]; then
    _lambdalint "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _lambdalint lambdalint
fi
"""

FISH = """\
function __lambdalint_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] --complete fish $words[2..-1] "$current" 2>/dev/null)
    set -l directive (string split \\t -- "$lines[1]")
    if test "$directive[1]" = files
        set -l name (string sub -s (math 1 + (string length -- "$directive[2]")) -- "$current")
        for file in (__fish_complete_path "$name")
            echo -- "$directive[2]$file"
        end
    else
        printf '%s\\n' $lines[2..-1]
    end
end
complete -c lambdalint -f -a '(__lambdalint_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def answer(parser: argparse.ArgumentParser, shell: str, words: Sequence[str]) -> str:
    """What `--complete` prints for the words behind `lambdalint`, the last of which is completed. `parser` is that of
    the command line."""
    *before, current = (_joined(words) if shell == "bash" else words) or [""]
    parser, before = _command(parser, before)
    option, head, value = _asked(parser, before, current)
    if option is not None:
        return _values(option, head, value)
    if current.startswith("-") and "--" not in before:
        options = [(name, one.help or "") for one in _actions(parser) for name in one.option_strings]
        return _listed(options, "", current)
    commands = next((one for one in _actions(parser) if isinstance(one, argparse._SubParsersAction)), None)
    if commands is not None:
        return _listed([(one.dest, one.help or "") for one in commands._choices_actions], "", current)
    positional = next((one for one in _actions(parser) if not one.option_strings), None)
    return _values(positional, "", current) if positional is not None else _listed([], "", "")


def _joined(words: Sequence[str]) -> list[str]:
    """bash takes `--select=LL2` for three words."""
    joined: list[str] = []
    follows = False
    for word in words:
        if follows:
            joined[-1], follows = word, False
        elif word == "=" and joined and joined[-1].startswith("--"):
            joined.append("")
            follows = True
        else:
            joined.append(word)
    return joined


def _command(parser: argparse.ArgumentParser, words: list[str]) -> tuple[argparse.ArgumentParser, list[str]]:
    """The parser of the command that is given, and the words behind it."""
    for action in _actions(parser):
        if isinstance(action, argparse._SubParsersAction):
            for at, word in enumerate(words):
                if word in action.choices:
                    return action.choices[word], words[at + 1 :]
    return parser, words


def _asked(
    parser: argparse.ArgumentParser, before: Sequence[str], current: str
) -> tuple[argparse.Action | None, str, str]:
    """The option whose value is completed or None, what stands before the value in its word, and the value."""
    taking = {name: one for one in _actions(parser) for name in one.option_strings if one.nargs != 0}
    if "--" in before:
        return None, "", current
    if before and before[-1] in taking:
        return taking[before[-1]], "", current
    name, equals, value = current.partition("=")
    if equals and name in taking:
        return taking[name], f"{name}=", value
    return None, "", current


def _values(action: argparse.Action, head: str, value: str) -> str:
    kind = str(action.metavar)
    if kind in _FILES:
        return f"files\t{head}\n"
    if kind == "RULES":  # apart by commas
        listed, comma, value = value.rpartition(",")
        return _listed(_selectors(value), f"{head}{listed}{comma}", value)
    if kind == "CODE|NAME":
        return _listed(((name, one.summary) for one in _rules().values() for name in (one.code, one.name)), head, value)
    choices = _CHOICES.get(kind) or action.choices or ()
    return _listed(((str(choice), "") for choice in choices), head, value)


def _selectors(value: str) -> Iterator[tuple[str, str]]:
    """ALL, letters of codes and codes; the names where one is begun, for with them the list would be twice as long."""
    from lambdalint.finding import letters

    rules = _rules()
    yield "ALL", "every rule"
    for front in sorted({letters(code) for code in rules}):
        yield front, f"the rules whose codes begin with {front}"
    for rule in rules.values():
        yield (rule.name if value[:1].islower() else rule.code), rule.summary


def _rules() -> Mapping[str, Rule]:
    """Those that the settings of the current folder have; with settings that are wrong, lambdalint's own."""
    from lambdalint.checks import RULES
    from lambdalint.config import ConfigError, load

    try:
        return load().catalogue()
    except ConfigError:
        return RULES


def _listed(found: Iterator[tuple[str, str]] | Sequence[tuple[str, str]], head: str, value: str) -> str:
    lines = [f"{head}{one}\t{' '.join(told.split())}\n" for one, told in found if one.startswith(value)]
    return "".join(["words\n", *lines])


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [one for one in parser._actions if one.help is not argparse.SUPPRESS]
