#!/usr/bin/env python3
"""steps.py ROOT: turns tables of steps into static values that refer to each other as values."""
import re, sys, subprocess
from pathlib import Path
root = Path(sys.argv[1])
RESERVED = {'return': 'giveBack', 'open': 'openUp', 'init': 'start', 'import': 'takeIn', 'default': 'usual', 'repeat': 'again', 'is': 'isStep', 'as': 'asStep', 'in': 'inStep', 'do': 'carryOut', 'continue': 'goOn', 'name': 'rename', 'form': 'formStep', 'steps': 'stepsStep', 'title': 'titleStep'}

def skip_string(t, i):
    h = 0
    while t[i] == '#': h += 1; i += 1
    q = '"""' if t.startswith('"""', i) else '"'
    i += len(q); close = q + '#' * h; esc = '\\' + '#' * h
    while True:
        if t.startswith(esc + '(', i):
            i = balanced(t, i + len(esc)); 
        elif t.startswith(esc, i): i += len(esc) + 1
        elif t.startswith(close, i): return i + len(close)
        else: i += 1

def balanced(t, i):
    """t[i] opens; index past its end."""
    stack = []
    while True:
        c = t[i]
        if c == '"' or (c == '#' and re.match(r'#+"', t[i:i+5])): i = skip_string(t, i); continue
        if t.startswith('//', i): i = t.index('\n', i); continue
        if c in '([{': stack.append(c)
        elif c in ')]}':
            stack.pop()
            if not stack: return i + 1
        i += 1

def ident(name):
    parts = re.split(r'[ -]', name)
    name = parts[0] + ''.join(w[:1].upper() + w[1:] for w in parts[1:])
    return RESERVED.get(name, name)

types = {}   # swift type -> (doc name, {step: ident})
texts = {}
files = [root / f for f in subprocess.run(['git', '-C', str(root), 'ls-files', '*.swift'], capture_output=True, text=True, check=True).stdout.split() if (root / f).exists()]
HEAD = re.compile(r'^( *)((?:package )?)static let steps: \[Step<(\w+)>\] = \[\n', re.M)
for p in files:
    t = p.read_text()
    while True:
        m = HEAD.search(t)
        if not m: break
        indent, access, typ = m.group(1), m.group(2), m.group(3)
        start = m.end() - 2
        end = balanced(t, start)
        inner = t[m.end():end - 1]
        # split into elements with their comments
        out, i, names = [], 0, []
        while True:
            s = re.compile(r'\bStep(?:<\w+>)?\(').search(inner, i)
            # first Step( at top level after i, skipping comments
            j = i; lead_start = i
            while j < len(inner):
                if inner.startswith('//', j): j = inner.index('\n', j) + 1; continue
                if inner[j] in ' \n,': j += 1; continue
                break
            if j >= len(inner.rstrip()): break
            mm = re.match(r'(?:Step(?:<\w+>)?|\w+)(?=\()', inner[j:])
            if not mm: raise SystemExit(f'{p}: element of steps of {typ} begins with {inner[j:j+60]!r}')
            lead = inner[lead_start:j]
            k = balanced(inner, j + mm.end())
            r = re.match(r'\s*\{', inner[k:])
            if r: k = balanced(inner, k + r.end() - 1)
            body = inner[j + mm.end():k]
            nm = re.match(r'\(\s*"([\w -]+)"', body)
            if not nm: print('BAD', p, body[:100]); raise SystemExit(1)
            name = nm.group(1)
            names.append(name)
            lead = '\n'.join(l[4:] if l.startswith('    ') else l for l in lead.lstrip(',').split('\n') if l.strip())
            text = '\n'.join(l[4:] if n and l.startswith(indent + '    ') else l for n, l in enumerate(body.split('\n')))
            out.append((lead + '\n' if lead else '') + f'{indent}{access}static let {ident(name)} = {"Step<" + typ + ">" if mm.group(0).startswith("Step") else mm.group(0)}{text}')
            i = k
        known = {n: ident(n) for n in names}
        listed = ', '.join(known[n] for n in names)
        line = f'{indent}{access}static let steps = [{listed}]'
        if len(line) > 140:
            rows, cur = [], indent + '    '
            for n in names:
                w = known[n] + ', '
                if len(cur) + len(w) > 139: rows.append(cur.rstrip()); cur = indent + '    '
                cur += w
            rows.append(cur.rstrip(' ,') )
            line = f'{indent}{access}static let steps = [\n' + '\n'.join(rows) + f',\n{indent}]'
        t = t[:m.start()] + '\n'.join(out) + '\n' + line + t[end:]
        types[typ] = known
    # notBy
    texts[p] = t

doc = {}
for p, t in texts.items():
    for m in re.finditer(r'struct (\w+): [^{\n]*Document[^{\n]*\{(?:.|\n)*?static let name = "([\w-]+)"', t): doc[m.group(2)] = m.group(1)

def values(text): return ', '.join(ident(w) for w in re.findall(r'"(\w+)"', text))
HAND = {}
def typed(step, p, line):
    have = [t for t, known in types.items() if step in known]
    rel = str(p.relative_to(root))
    if rel.startswith('Sources/'): have = [t for t in have if any(q for q, x in texts.items() if str(q.relative_to(root)).startswith('Sources/') and f'static let steps' in x and f'Step<{t}>' in x)]
    return have
problems = []
for p, t in texts.items():
    rel = str(p.relative_to(root))
    t = re.sub(r'notBy: ((?:"\w+"(?:,\s*)?)+)(?=,?\s*(?:under|isOptional|fields))', lambda m: 'notBy: ' + values(m.group(1)) + (', ' if m.group(1).rstrip().endswith(',') else ''), t)
    t = re.sub(r'takes: "(\w+)"', lambda m: 'takes: ' + ident(m.group(1)), t)
    if rel.startswith('Sources/Regulations') or rel.startswith('Tests/'):
        def one(m):
            verb, step, rest = m.group(1), m.group(2), m.group(3)
            have = typed(step, p, m.group(0))
            target = re.match(r', on: (?:item|open)?\.?(\w+)', rest)
            if len(have) > 1:
                hint = rest.lower()
                narrowed = [x for x in have if re.search(r'\b' + x.lower() + r'\b', hint)] or [x for x in have if x.lower() in hint]
                if len(narrowed) == 1: have = narrowed
            if len(have) != 1:
                problems.append((rel, m.group(0), have)); return m.group(0)
            return f'{verb}{have[0]}.{ident(step)}{rest}'
        t = re.sub(r'\b((?:act|duty)\.take\()"(\w+)"([^\n]*)', one, t)
        t = re.sub(r'\b(act|duty)\.create\((\w+)(\([^\n]*\))?, by: "(\w+)"', lambda m: (lambda have: f'{m.group(1)}.create({m.group(2)}{m.group(3) or ""}, by: {have[0]}.{ident(m.group(4))}' if len(have) == 1 else (problems.append((rel, m.group(0), have)), m.group(0))[1])(typed(m.group(4), p, m.group(0))), t)
        # by the edge's names, where both are literals
        def edge(m):
            verb, step, name = m.group(1), m.group(2), m.group(3)
            typ = doc.get(name)
            if not typ or step not in types.get(typ, {}): return m.group(0)
            return f'{verb}({typ}.{ident(step)}'
        t = re.sub(r'\b(desk\.take|office\.take|take)\("(\w+)", of: "([\w-]+)"', edge, t)
    texts[p] = t
for p, t in texts.items():
    if p.read_text() != t: p.write_text(t)
for x in problems: print('HAND', *x)
print({k: len(v) for k, v in types.items()})
