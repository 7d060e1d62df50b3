#!/usr/bin/env python3
"""Writes FOLDER/report.html: the ratios of the last ./dev bench here, and the trends of bench/history.jsonl.

    report.py FOLDER CHART_JS

One file without references, so that it can be sent to anybody. CHART_JS is the library that draws, as one script; it
becomes part of the page.
"""
import json
import pathlib
import sys

import history

HERE = pathlib.Path(__file__).resolve().parent


def page(entries, ratios, chart_js):
    """The page's text. `ratios`: those of the last run, or {} for the newest that were accepted."""
    data = {'history': entries, 'ratios': ratios or entries[-1]['ratios']}
    text = (HERE / 'report.html').read_text()
    # A script ends at the first "</script", wherever it is; and a source map would be a reference.
    for mark, script in (('/*DATA*/null', json.dumps(data).replace('</', '<\\/')),
                         ('/*CHART.JS*/', chart_js.split('//# sourceMappingURL')[0])):
        if '</script' in script or text.count(mark) != 1:
            raise ValueError(f'report.html: expected {mark} once, and a replacement without </script')
        text = text.replace(mark, script)
    return text


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    ratios = folder / 'ratios.json'
    report = folder / 'report.html'
    report.write_text(page(history.entries(), json.loads(ratios.read_text()) if ratios.exists() else {},
                           pathlib.Path(sys.argv[2]).read_text()))
    print(report)


if __name__ == '__main__':
    main()
