#!/usr/bin/env python3
"""Runs the benchmarks and prints one table of ratios.

    table.py PROGRAM FOLDER

Every benchmark runs several times, interleaved at random with all others, so that other load on the machine affects all
alike. The table uses the least processor time of each, because other load can only add to it. A time counts only if the
processor's clock, which a fixed loop measures before and after, was at its fastest. A benchmark without such a time is
measured again; if it never has one, there is no table, and the benchmark is named. Writes FOLDER/benchmarks.json
(Google Benchmark's own output) and FOLDER/ratios.json.
"""
import json
import pathlib
import platform
import re
import statistics
import subprocess
import sys

SHAPES = ('transport', 'v4', 'v6')
TWELVE = ('transport', 'transport-r1', 'v4', 'v4-r1', 'v6', 'v6-r1', 'v4-v6', 'v6-v4', 'string', 'blob', 'range', 'token')
FORMATS = ('ndr20', 'ndr20-body', 'ndr64', 'native64', 'native32')
PEERS = ('struct-cast', 'flatbuffers', 'capnproto', 'libndr')


SLOWER = 1.03  # the clock moved if the calibration loop takes this many times its least time
AGAIN = 5  # how often what was measured at another clock is measured again


def run(program, output, names=()):
    """All benchmarks, or those called `names`."""
    only = [f"--benchmark_filter=^({'|'.join(re.escape(name) for name in names)})(/iterations:1)?$"] if names else []
    subprocess.run([program, '--benchmark_enable_random_interleaving=true', '--benchmark_repetitions=15',
                    '--benchmark_min_time=0.005', f'--benchmark_out={output}', *only,
                    '--benchmark_out_format=json'], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return json.loads(output.read_text())


def samples(result):
    """{benchmark: [(ns an event, ns of the calibration loop)]}"""
    times = {}
    for entry in result['benchmarks']:
        if entry.get('run_type') == 'iteration':
            name = entry['run_name'].removesuffix('/iterations:1')
            times.setdefault(name, []).append((entry['ns_per_event'], entry['calibration_ns']))
    return times


def at_full_clock(times):
    """{benchmark: the least ns at the fastest clock of all, or None where every time is at another clock}"""
    limit = SLOWER * min(clock for pairs in times.values() for _, clock in pairs)
    return {name: min((ns for ns, clock in pairs if clock <= limit), default=None) for name, pairs in times.items()}


def measured(program, output):
    """(Google Benchmark's output, {benchmark: ns an event}, how many were measured again, those given up)"""
    result = run(program, output)
    times = samples(result)
    repeated = set()
    for _ in range(AGAIN):
        moved = [name for name, ns in at_full_clock(times).items() if ns is None]
        if not moved:
            break
        repeated.update(moved)
        for name, more in samples(run(program, output.with_suffix('.again.json'), moved)).items():
            times[name] += more
    ns = at_full_clock(times)
    return result, ns, len(repeated), sorted(name for name, least in ns.items() if least is None)


def message_sizes(result):
    """{benchmark: bytes an event}"""
    return {entry['run_name'].removesuffix('/iterations:1'): entry['bytes_per_second'] * entry['ns_per_event'] / 1e9
            for entry in result['benchmarks'] if entry.get('run_type') == 'iteration' and 'bytes_per_second' in entry}


def ratios(ns, sizes):
    """The ratios of the README: {name: ratio}; above 1: qmforge is faster."""
    found = {}
    for shape in SHAPES:
        ours = ns[f'hot/decode+validate/ndr20/{shape}']
        for peer in PEERS:
            if (name := f'hot/{peer}/own/{shape}') in ns:
                found[f'{peer}/{shape}'] = ns[name] / ours
        batch = ns[f'hot/batch/ndr20/{shape}']
        for peer in ('flatbuffers', 'libndr'):
            if (name := f'hot/{peer}/own/{shape}') in ns:
                found[f'{peer}-batch/{shape}'] = ns[name] / batch
        found[f'memcpy-batch/{shape}'] = ns[f'stream/memcpy/ndr20/{shape}'] / ns[f'stream/batch/ndr20/{shape}']
        for limit in ('memcpy', 'sum'):
            found[f'{limit}/{shape}'] = ns[f'stream/{limit}/ndr20/{shape}'] / ns[f'stream/decode+validate/ndr20/{shape}']
        for encoding in ('ndr64', 'native64'):
            other = f'hot/decode+validate/{encoding}/{shape}'
            found[f'{encoding}/{shape}'] = ours / ns[other]
            found[f'{encoding}-byte/{shape}'] = (ours / sizes[f'hot/decode+validate/ndr20/{shape}']) / (ns[other] / sizes[other])
    for encoding in ('ndr20', 'ndr20-big', 'ndr64', 'native64'):
        hot = statistics.mean(ns[f'hot/decode+validate/{encoding}/{shape}'] for shape in TWELVE)
        found[f'mix/{encoding}'] = hot / ns[f'mix/decode+validate/{encoding}']
    for shape in ('v4', 'v6'):
        for fault in ('cut-late', 'broken-early'):
            found[f'{fault}/{shape}'] = (ns[f'hot/decode+validate/ndr20/{shape}']
                                         / ns[f'hot/decode+validate/ndr20/{shape}-{fault}'])
    return found


def print_table(result, ns, found):
    context = result['context']
    cpu = next((line.split(':', 1)[1].strip() for line in open('/proc/cpuinfo') if line.startswith('model name')), '?')
    print(f"{cpu}, {context['num_cpus']} processors at {context['mhz_per_cpu']} MHz, load {context['load_avg'][0]:.1f}; "
          f"{platform.system()} {platform.release()}")
    print(f"{context['compiler']}; {context['peers']}")
    print(f"instruction counter: {context['instruction counter']}\n")

    def row(what, cells):
        print(f'{what:44}' + ''.join(f'{cell:>11}' for cell in cells))

    row('decode + validate, ndr20', SHAPES)
    row('hot, ns an event', [f"{ns[f'hot/decode+validate/ndr20/{s}']:.1f}" for s in SHAPES])
    row('stream, ns an event', [f"{ns[f'stream/decode+validate/ndr20/{s}']:.1f}" for s in SHAPES])
    print()

    row('times as fast as', SHAPES)
    for name, label in (('flatbuffers', 'FlatBuffers, verify and read'), ('capnproto', "Cap'n Proto, read"),
                        ('libndr', 'libndr, pull and read'), ('struct-cast', 'struct cast, bounds alone (lower bound)'),
                        ('memcpy', 'memcpy of the same bytes, in a stream'), ('sum', 'sum of the same bytes, in a stream'),
                        ('ndr64-byte', 'ndr64, a byte'), ('native64-byte', 'native64, a byte')):
        row(label, [f"{found[f'{name}/{s}']:.2f}" if f'{name}/{s}' in found else '-' for s in SHAPES])
    print()
    row('in batches of 32', SHAPES)
    row('hot, ns an event', [f"{ns[f'hot/batch/ndr20/{s}']:.1f}" for s in SHAPES])
    row('stream, ns an event', [f"{ns[f'stream/batch/ndr20/{s}']:.1f}" for s in SHAPES])
    for name, label in (('flatbuffers', 'times as fast as FlatBuffers'), ('libndr', 'times as fast as libndr'),
                        ('memcpy', 'times as fast as memcpy, in a stream')):
        row(label, [f"{found[f'{name}-batch/{s}']:.2f}" if f'{name}-batch/{s}' in found else '-' for s in SHAPES])
    print()
    row('malformed', SHAPES)
    for fault in ('cut-late', 'broken-early'):
        row(f'the valid message, when {fault}', ['-', *(f"{found[f'{fault}/{s}']:.2f}" for s in ('v4', 'v6'))])
    print()
    row('mix of 12 shapes in cache', ('ndr20', 'ndr20-big', 'ndr64', 'native64'))
    row('times the mean of the same shapes hot', [f"{1 / found[f'mix/{e}']:.2f}"
                                                  for e in ('ndr20', 'ndr20-big', 'ndr64', 'native64')])
    print()
    row('the simulator', FORMATS)
    row('labelled inputs a second, in thousands', [f"{1e6 / ns[f'mix/labelled-input/{f}']:.0f}" for f in FORMATS])


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / 'benchmarks.json'
    result, ns, repeated, given_up = measured(program, output)
    if repeated:
        print(f"The processor's clock moved: {repeated} benchmarks were measured again.")
    if given_up:
        sys.exit('No time at the full clock, run it again: ' + ', '.join(given_up))
    found = ratios(ns, message_sizes(result))
    (folder / 'ratios.json').write_text(json.dumps({k: round(v, 3) for k, v in found.items()}, indent=1) + '\n')
    print_table(result, ns, found)


if __name__ == '__main__':
    main()
