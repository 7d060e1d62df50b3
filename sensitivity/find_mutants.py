"""Finds the mutants of C++ sources: which piece of text becomes which other text.

The pieces are found in clang's syntax tree and its tokens, so that comments, strings, includes, types, template
arguments, attributes and static_asserts are never changed. README.md lists the operators.
"""
import bisect
import collections
import re

from clang import cindex
from clang.cindex import CursorKind, TokenKind, TypeKind

RELATIONAL = {'<': ['<=', '>='], '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<'], '==': ['!='], '!=': ['==']}
ARITHMETIC = {'+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['*'], '<<': ['>>'], '>>': ['<<'], '&': ['|'],
              '|': ['&'], '^': ['&']}
LOGICAL = {'&&': ['||'], '||': ['&&']}
COMPOUND = {'+=': ['-='], '-=': ['+='], '*=': ['/='], '/=': ['*='], '%=': ['*='], '&=': ['|='], '|=': ['&='],
            '^=': ['&='], '<<=': ['>>='], '>>=': ['<<=']}
BINARY = {'relational': RELATIONAL, 'arithmetic': ARITHMETIC, 'logical': LOGICAL}

# Mutants in these have no effect at run time.
LEFT_ALONE = {CursorKind.STATIC_ASSERT, CursorKind.ENUM_DECL, CursorKind.CONCEPT_DECL, CursorKind.REQUIRES_EXPR,
              CursorKind.TYPE_ALIAS_DECL, CursorKind.USING_DECLARATION, CursorKind.UNEXPOSED_ATTR}
CONDITIONAL_STATEMENTS = {CursorKind.IF_STMT, CursorKind.WHILE_STMT, CursorKind.DO_STMT, CursorKind.FOR_STMT}
FUNCTIONS = {CursorKind.FUNCTION_DECL, CursorKind.CXX_METHOD, CursorKind.CONSTRUCTOR, CursorKind.FUNCTION_TEMPLATE,
             CursorKind.CONVERSION_FUNCTION, CursorKind.DESTRUCTOR, CursorKind.LAMBDA_EXPR}
STATEMENT_HOLDERS = {CursorKind.COMPOUND_STMT, CursorKind.CXX_FOR_RANGE_STMT, CursorKind.DEFAULT_STMT, CursorKind.UNEXPOSED_STMT,
                     CursorKind.SWITCH_STMT, CursorKind.CASE_STMT}
DELETABLE = {CursorKind.RETURN_STMT, CursorKind.BREAK_STMT, CursorKind.CONTINUE_STMT, CursorKind.CXX_FOR_RANGE_STMT}


class Mutant:
    """Replaces [begin, end) of the file by `text`; shown as a change of `before` to `after`."""

    def __init__(self, operator, begin, end, text, at, before, after):
        self.operator = operator
        self.begin, self.end, self.text = begin, end, text
        self.at = at  # where `before` begins
        self.before, self.after = ' '.join(before.split()), ' '.join(after.split())

    def place(self, path, source):
        """Sets what depends on the file as a whole."""
        self.path = path
        self.line = source.text.count('\n', 0, self.at) + 1
        start = source.text.rfind('\n', 0, self.at) + 1
        self.column = self.at - start + 1
        self.line_text = ' '.join(source.text[start:source.text.find('\n', self.at)].split())

    def identity(self):
        """Survives that lines move: the text of the line and the change, counted through the file."""
        return self.path, self.line_text, self.before, self.after, self.occurrence

    def planted(self, text):
        """The file's text with the mutant in it."""
        return text[:self.begin] + self.text + text[self.end:]

    def __str__(self):
        return f'{self.path}:{self.line}:{self.column}: {self.before} → {self.after}'


class Source:
    """A file's text, and its tokens without the comments."""

    def __init__(self, unit, path):
        self.file = unit.get_file(path)
        with open(path, 'rb') as file:
            self.bytes = file.read()
        self.text = self.bytes.decode()
        # clang counts bytes; mutants count characters.
        self.ascii = len(self.bytes) == len(self.text)
        if not self.ascii:
            self.starts = [0]
            for character in self.text:
                self.starts.append(self.starts[-1] + len(character.encode()))
        extent = cindex.SourceRange.from_locations(
            cindex.SourceLocation.from_offset(unit, self.file, 0),
            cindex.SourceLocation.from_offset(unit, self.file, len(self.bytes)))
        self.tokens = [(self.offset(t.extent.start.offset), self.offset(t.extent.end.offset), t.spelling)
                       for t in unit.get_tokens(extent=extent) if t.kind != TokenKind.COMMENT]
        self.token_starts = [t[0] for t in self.tokens]

    def offset(self, in_bytes):
        return in_bytes if self.ascii else bisect.bisect_left(self.starts, in_bytes)

    def range(self, cursor):
        return self.offset(cursor.extent.start.offset), self.offset(cursor.extent.end.offset)

    def between(self, begin, end):
        """The tokens that lie within [begin, end)."""
        index = bisect.bisect_left(self.token_starts, begin)
        while index < len(self.tokens) and self.tokens[index][1] <= end:
            yield self.tokens[index]
            index += 1


class Finder:
    def __init__(self, unit, path):
        self.source = Source(unit, path)
        self.path = path
        self.mutants = []
        self.operators_seen = set()  # offsets of the tokens that clang's tree calls operators
        self.final = set()           # where the statements begin that end a function or a switch
        here = [cursor for cursor in unit.cursor.get_children()
                if cindex.conf.lib.clang_Location_isFromMainFile(cursor.location)]
        self.macros = [self.source.range(cursor) for cursor in here if cursor.kind == CursorKind.MACRO_INSTANTIATION]
        for cursor in here:
            self.visit(cursor)
        self.leave_template_arguments()

    # Helpers

    def add(self, operator, cursor_range, text, at, before, after):
        begin, end = cursor_range
        if any(b <= begin < e or b < end <= e for b, e in self.macros):
            return
        self.mutants.append(Mutant(operator, begin, end, text if operator == 'statement' else f'({text})', at, before, after))

    def text(self, cursor_range):
        return self.source.text[cursor_range[0]:cursor_range[1]]

    def leave_template_arguments(self):
        """Angle brackets that are not operators enclose template arguments (or an include)."""
        opened, enclosed = [], []
        for begin, _, spelling in self.source.tokens:
            if begin in self.operators_seen:
                continue
            if spelling == '<':
                opened.append(begin)
            elif spelling in ('>', '>>'):
                for _ in spelling:
                    if opened:
                        enclosed.append((opened.pop(), begin))
            elif spelling in (';', '{'):
                opened.clear()  # `operator<` and the like
        self.mutants = [m for m in self.mutants if not any(b < m.begin and m.end <= e for b, e in enclosed)]

    # The walk

    def visit(self, cursor):
        kind = cursor.kind
        if kind in LEFT_ALONE or kind.is_attribute():
            return
        children = list(cursor.get_children())
        if children and children[-1].kind == CursorKind.COMPOUND_STMT:
            if kind in FUNCTIONS and cursor.result_type.kind != TypeKind.VOID:
                self.note_final(children[-1], CursorKind.RETURN_STMT)
            elif kind == CursorKind.SWITCH_STMT:
                self.note_final(children[-1], CursorKind.BREAK_STMT)

        if kind == CursorKind.BINARY_OPERATOR or kind == CursorKind.CALL_EXPR:
            self.binary(cursor, children)
        elif kind == CursorKind.COMPOUND_ASSIGNMENT_OPERATOR:
            self.compound(cursor, children)
        elif kind == CursorKind.UNARY_OPERATOR:
            self.unary(cursor, children)
        elif kind == CursorKind.CONDITIONAL_OPERATOR and len(children) == 3:
            self.ternary(cursor, children)
        elif kind == CursorKind.INTEGER_LITERAL:
            self.integer(cursor)
        elif kind == CursorKind.CXX_BOOL_LITERAL_EXPR:
            self.boolean(cursor)
        elif kind == CursorKind.DECL_REF_EXPR:
            self.enumerator(cursor)
        elif kind in CONDITIONAL_STATEMENTS:
            self.condition(cursor, children)
        if kind in CONDITIONAL_STATEMENTS or kind in STATEMENT_HOLDERS:
            self.statements(cursor, children)
        if kind == CursorKind.CASE_STMT and any(c.kind == CursorKind.DECL_REF_EXPR for c in children[0].walk_preorder()):
            children = children[1:]  # an enumerator as a label
        for child in children:
            self.visit(child)

    # Operators

    def binary(self, cursor, children):
        if cursor.kind == CursorKind.CALL_EXPR:  # an overloaded operator, or a call
            children = [c for c in children if not c.spelling.startswith('operator')]
        if len(children) != 2:
            return
        left, right = self.source.range(children[0]), self.source.range(children[1])
        between = list(self.source.between(left[1], right[0]))
        if cursor.kind == CursorKind.CALL_EXPR and (len(between) != 1 or left[0] != self.source.range(cursor)[0]):
            return
        # Parentheses belong to the expressions that they enclose, but a cast that is implied may leave them out.
        operators = [t for t in between if t[2] not in '()']
        if len(operators) != 1:
            return
        begin, end, spelling = operators[0]
        self.operators_seen.add(begin)
        whole = self.source.range(cursor)
        before_it, after_it = self.source.text[whole[0]:begin].strip(), self.source.text[end:whole[1]].strip()
        for operator, table in BINARY.items():
            if cursor.kind == CursorKind.CALL_EXPR and operator != 'relational':
                continue
            for other in table.get(spelling, []):
                self.add(operator, whole, f'({before_it}) {other} ({after_it})', begin, spelling, other)

    def compound(self, cursor, children):
        if len(children) != 2:
            return
        left, right = self.source.range(children[0]), self.source.range(children[1])
        for begin, end, spelling in self.source.between(left[1], right[0]):
            for other in COMPOUND.get(spelling, []):
                self.operators_seen.add(begin)
                whole = self.source.range(cursor)
                self.add('compound', whole, self.source.text[whole[0]:begin] + other + self.source.text[end:whole[1]],
                         begin, spelling, other)

    def unary(self, cursor, children):
        whole = self.source.range(cursor)
        operand = self.text(self.source.range(children[0])) if children else ''
        tokens = list(self.source.between(*whole))
        if not tokens:
            return
        first, last = tokens[0], tokens[-1]
        if first[2] in ('!', '-', '~'):
            rest = self.source.text[first[1]:whole[1]].strip()
            self.add('unary', whole, f'({rest})', first[0], self.text(whole), rest)
        for step, other in (('++', '--'), ('--', '++')):
            if first[2] == step:
                self.add('increment', whole, other + operand, first[0], step, other)
            elif last[2] == step:
                self.add('increment', whole, operand + other, last[0], step, other)

    def ternary(self, cursor, children):
        whole = self.source.range(cursor)
        tests = self.source.range(children[0])
        yes, no = (self.text(self.source.range(c)) for c in children[1:])
        self.add('ternary', whole, f'({self.text(tests)}) ? ({no}) : ({yes})', whole[0], f'{yes} : {no}',
                 f'{no} : {yes}')
        self.truth(tests, ('true', 'false'))

    # Constants

    def integer(self, cursor):
        whole = self.source.range(cursor)
        before = self.text(whole)
        match = re.fullmatch(r"(0[xX][0-9a-fA-F']+|0[bB][01']+|[0-9][0-9']*)([uUlLzZ]*)", before)
        if not match:
            return
        digits, suffix = match.groups()
        base = 16 if digits[:2].lower() == '0x' else 2 if digits[:2].lower() == '0b' else 10
        value = int(digits.replace("'", ''), base)
        others = {value + 1, value - 1, 0} - {value, -1}
        for other in sorted(others):
            after = (hex(other) if base == 16 else str(other)) + suffix
            self.add('integer', whole, after, whole[0], before, after)

    def boolean(self, cursor):
        whole = self.source.range(cursor)
        before = self.text(whole)
        after = {'true': 'false', 'false': 'true'}.get(before)
        if after:
            self.add('boolean', whole, after, whole[0], before, after)

    def enumerator(self, cursor):
        declared = cursor.referenced
        if declared is None or declared.kind != CursorKind.ENUM_CONSTANT_DECL:
            return
        members = [c for c in declared.semantic_parent.get_children() if c.kind == CursorKind.ENUM_CONSTANT_DECL]
        index = members.index(declared)
        other = members[index + 1] if index + 1 < len(members) else members[index - 1]
        whole = self.source.range(cursor)
        before = self.text(whole)
        if other != declared and before.endswith(declared.spelling):
            after = before[:-len(declared.spelling)] + other.spelling
            self.add('enumerator', whole, after, whole[0], before, after)

    # Statements

    def truth(self, tests, values):
        before = self.text(tests)
        if before in ('true', 'false'):
            return
        for value in values:
            self.add('condition', tests, value, tests[0], before, value)

    def condition(self, cursor, children):
        whole = self.source.range(cursor)
        depth, begin, end, semicolons = 0, None, None, []
        skip_to = whole[0]
        if cursor.kind == CursorKind.DO_STMT:
            skip_to = self.source.range(children[0])[1]
        for start, stop, spelling in self.source.between(skip_to, whole[1]):
            if spelling in '([{':
                depth += 1
                if depth == 1 and begin is None:
                    begin = stop
            elif spelling in ')]}':
                depth -= 1
                if depth == 0:
                    end = start
                    break
            elif spelling == ';' and depth == 1:
                semicolons.append(start)
        if begin is None or end is None:
            return
        if cursor.kind == CursorKind.FOR_STMT:
            begin, end = semicolons
        elif semicolons:
            begin = semicolons[-1]
        tested = [c for c in children if begin <= self.source.range(c)[0] and self.source.range(c)[1] <= end]
        if len(tested) != 1 or not tested[0].kind.is_expression():
            return
        tests = self.source.range(tested[0])
        self.add('condition', tests, f'!static_cast<bool>({self.text(tests)})', tests[0], self.text(tests),
                 f'!({self.text(tests)})')
        self.truth(tests, ('true', 'false') if cursor.kind == CursorKind.IF_STMT else ('false',))

    def statements(self, cursor, children):
        """Removes each statement directly below."""
        for index, child in enumerate(children):
            begin, end = self.source.range(child)
            if not (child.kind in DELETABLE or child.kind.is_expression()):
                continue
            if cursor.kind == CursorKind.CASE_STMT and index == 0:
                continue
            following = next(self.source.between(end, len(self.source.text)), None)
            if child.kind != CursorKind.CXX_FOR_RANGE_STMT or self.source.text[end - 1] != '}':
                if following is None or following[2] != ';':
                    continue  # a condition, or what a loop runs over
                end = following[1]
                if cursor.kind in (CursorKind.FOR_STMT, CursorKind.IF_STMT) and child != children[-1]:
                    # An initialiser, or a first branch that an `else` follows.
                    if not self.is_branch(cursor, begin):
                        continue
            if begin in self.final:
                continue
            statement = self.source.text[begin:end]
            self.add('statement', (begin, end), ';', begin, statement, '')

    def is_branch(self, cursor, begin):
        """Whether a statement below `if` or `for` follows the closing parenthesis."""
        depth = 0
        for start, _, spelling in self.source.between(*self.source.range(cursor)):
            if spelling == '(':
                depth += 1
            elif spelling == ')':
                depth -= 1
                if depth == 0:
                    return start < begin
        return False

    def note_final(self, block, kind):
        """The last statement of a function's or a switch's block: without it a function would run off its end, and a
        switch ends there anyhow."""
        statements = list(block.get_children())
        last = statements[-1] if statements else None
        while last is not None and last.kind in (CursorKind.CASE_STMT, CursorKind.DEFAULT_STMT):
            last = list(last.get_children())[-1]
        if last is not None and last.kind == kind:
            self.final.add(self.source.range(last)[0])


def find(root, name, flags=()):
    """The mutants of one file, a source or a header, in the order of the text."""
    path = str(root / name)
    unit = cindex.Index.create().parse(path, ['-x', 'c++', '-std=c++23', *flags],
                                       options=cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD)
    if errors := [str(d) for d in unit.diagnostics if d.severity >= cindex.Diagnostic.Error]:
        raise SystemExit('\n'.join(errors))
    finder = Finder(unit, path)
    mutants = {(m.at, m.begin, m.end, m.text): m for m in reversed(finder.mutants)}
    ordered = sorted(mutants.values(), key=lambda m: (m.at, m.begin - m.end, m.operator, m.after))
    occurrences = collections.Counter()
    for mutant in ordered:
        mutant.place(name, finder.source)
        change = mutant.path, mutant.line_text, mutant.before, mutant.after
        occurrences[change] += 1
        mutant.occurrence = occurrences[change]
    return ordered
