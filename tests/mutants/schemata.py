"""Writes a source with all of its mutants in it, so that it is compiled once: which of them is there is chosen at run time.

An expression becomes `(on(7) ? mutant : on(8) ? mutant : expression)`, a statement `{ if (!on(9)) statement }`. A mutant
holds the plain text of what lies below it, since only one mutant is chosen at a time, so the text grows linearly.
"""
import re

PRELUDE = '#include "mutants/chosen.h"\n'
OPEN, NUMBERS, CLOSE = '\x01', '\x02', '\x03'


class Node:
    """The mutants of one stretch of text, and the nodes within it."""

    def __init__(self, begin, end):
        self.begin, self.end = begin, end
        self.mutants, self.children = [], []


def tree(text, mutants):
    root = Node(0, len(text))
    nodes = {}
    for mutant in mutants:
        nodes.setdefault((mutant.begin, mutant.end), Node(mutant.begin, mutant.end)).mutants.append(mutant)
    stack = [root]
    for (begin, end), node in sorted(nodes.items(), key=lambda item: (item[0][0], -item[0][1])):
        while stack[-1].end <= begin:
            stack.pop()
        if end > stack[-1].end:
            raise ValueError(f'mutants overlap at {begin}: {text[begin:end]!r}')
        stack[-1].children.append(node)
        stack.append(node)
    return root


def marked(numbers, text):
    return f'{OPEN}{",".join(map(str, numbers))}{NUMBERS}{text}{CLOSE}'


def render(text, node):
    pieces, at = [], node.begin
    for child in node.children:
        pieces += [text[at:child.begin], render(text, child)]
        at = child.end
    inner = ''.join(pieces) + text[at:node.end]
    if not node.mutants:
        return inner
    numbers = [m.number_in_build for m in node.mutants]
    function = 'qmforge_mutants::on_at_run_time' if node.mutants[0].constexpr else 'qmforge_mutants::on'
    if node.mutants[0].statement:
        return marked(numbers, f'{{ if (!{function}({numbers[0]})) {inner} }}')
    boolean = any(m.boolean for m in node.mutants)
    value = 'static_cast<bool>({})' if boolean else '({})'
    choices = ''.join(marked([m.number_in_build], f'{function}({m.number_in_build}) ? {value.format(m.text)} : ')
                      for m in node.mutants)
    return marked(numbers, f'({choices}{value.format(inner)})')


class Schemata:
    """A source with its mutants, and which of them stand where."""

    INLINED = '[[gnu::always_inline]]'  # with all those choices, a compiler would take minutes over it

    def __init__(self, text, mutants):
        self.text, self.spans = '', []
        opened = []
        for piece in re.split(f'({OPEN}[0-9,]*{NUMBERS}|{CLOSE})', PRELUDE + render(text, tree(text, mutants))):
            if piece.startswith(OPEN):
                opened.append((len(self.text), [int(n) for n in piece[1:-1].split(',')]))
            elif piece == CLOSE:
                begin, numbers = opened.pop()
                self.spans.append((begin, len(self.text), numbers))
            else:
                self.text += piece
        self.text = self.text.replace(self.INLINED, ' ' * len(self.INLINED))
        self.spans.sort(key=lambda span: span[1] - span[0])

    def at(self, line, column):
        """The numbers of the mutants in the smallest span around a place; of those on its line where there is none."""
        lines = self.text.split('\n')
        start = sum(len(text) + 1 for text in lines[:line - 1])
        offset = start + column - 1
        for begin, end, numbers in self.spans:
            if begin <= offset < end:
                return numbers
        end = start + len(lines[line - 1])
        return [n for begin, _, numbers in self.spans if start <= begin < end for n in numbers]


def alone(text, mutant):
    """The source with this mutant and no other."""
    replacement = mutant.text if mutant.statement else f'({mutant.text})'
    return text[:mutant.begin] + replacement + text[mutant.end:]
