"""Instructions an event, by benchmark and by function, as callgrind counts them for the program `qmforge-count`."""
import glob
import os
import re
import subprocess
import tempfile

TRIGGER = re.compile(r'^desc: Trigger: Client Request: (\S+) (\d+)$')
FUNCTION = re.compile(r'^fn=\((\d+)\)(?: (.*))?$')
COST = re.compile(r'^(?:[+-]?\d+|\*) (\d+)$')


STRING = 'std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >'


def _readable(function):
    """A function's name without what every name has."""
    return function.replace(STRING, 'std::string').replace('(anonymous namespace)::', '').replace('qmforge::', '')[:160]


def _by_name(costs, events):
    functions = {}
    for function, cost in costs.items():
        name = _readable(function)
        functions[name] = functions.get(name, 0) + cost / events
    return functions


def _profile(path):
    """One dump: (benchmark, {function: instructions an event}), or None for the dump at the program's end."""
    names, costs, name, events, function = {}, {}, None, 0, None
    after_call = False
    with open(path, encoding='utf-8', errors='replace') as lines:
        for line in lines:
            line = line.rstrip('\n')
            if match := TRIGGER.match(line):
                name, events = match[1], int(match[2])
            elif match := FUNCTION.match(line):
                function = names.setdefault(match[1], match[2])
            elif line.startswith(('calls=', 'cfn=')):
                if match := re.match(r'^cfn=\((\d+)\) (.*)$', line):
                    names.setdefault(match[1], match[2])
                after_call = line.startswith('calls=')
            elif match := COST.match(line):
                # The line after calls= is what the callee cost, which stands under its own name.
                if not after_call:
                    costs[function] = costs.get(function, 0) + int(match[1])
                after_call = False
    if name is None:
        return None
    return name, _by_name(costs, events)


def measure(program, *arguments):
    """{benchmark: {function: instructions an event}}."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(['valgrind', '--tool=callgrind', '--collect-atstart=no', '--dump-line=no', '--quiet',
                        f'--callgrind-out-file={folder}/profile', program, *arguments],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                       env={**os.environ, 'LC_ALL': 'C'})
        profiles = [_profile(path) for path in glob.glob(f'{folder}/profile*')]
    return dict(sorted(profile for profile in profiles if profile))
