#!/usr/bin/env python3
"""Checks that a file is JUnit XML: the elements, attributes and order that the schema of Jenkins' xUnit plugin
(junit-10.xsd) allows, and counts that are right."""
import sys
import xml.etree.ElementTree as ElementTree

# element: (attributes that are required, attributes that are allowed, children in their order)
SCHEMA = {
    'testsuites': ({'name', 'tests', 'failures', 'errors'}, {'time', 'disabled'}, ['testsuite']),
    'testsuite': ({'name', 'tests', 'failures', 'errors', 'skipped'},
                  {'time', 'disabled', 'timestamp', 'hostname', 'id', 'package'},
                  ['properties', 'testcase', 'system-out', 'system-err']),
    'testcase': ({'name', 'classname'}, {'assertions', 'time', 'status'},
                 ['skipped', 'error', 'failure', 'system-out', 'system-err']),
    'failure': ({'message', 'type'}, set(), []),
    'skipped': (set(), {'message'}, []),
}


def check(element, errors):
    required, allowed, children = SCHEMA[element.tag]
    present = set(element.attrib)
    if not required <= present <= required | allowed:
        errors.append(f'{element.tag}: attributes {sorted(present)}')
    order = [children.index(child.tag) if child.tag in children else -1 for child in element]
    if -1 in order or order != sorted(order):
        errors.append(f'{element.tag}: children {[child.tag for child in element]}')
    if element.tag != 'failure' and element.text and element.text.strip():
        errors.append(f'{element.tag}: text')
    for child in element:
        if child.tag in SCHEMA:
            check(child, errors)
    for attribute, tag in (('tests', 'testcase'), ('failures', 'failure'), ('skipped', 'skipped')):
        if attribute in element.attrib and int(element.get(attribute)) != len(list(element.iter(tag))):
            errors.append(f'{element.tag} {element.get("name")}: {attribute} is {element.get(attribute)}')


def main():
    root = ElementTree.parse(sys.argv[1]).getroot()
    errors = [] if root.tag == 'testsuites' else [f'root: {root.tag}']
    check(root, errors)
    names = [(case.get('classname'), case.get('name')) for case in root.iter('testcase')]
    if len(names) != len(set(names)):
        errors.append('a case twice')
    print('\n'.join(errors))
    return 1 if errors else 0


sys.exit(main())
