#!/usr/bin/env python3
"""rename.py ROOT: renames identifiers and moves files, as rename_spec.py says; run again, it changes nothing."""
import re, sys, subprocess
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
import rename_spec as spec
root = Path(sys.argv[1])
IDENT = re.compile(r'[A-Za-z_][A-Za-z0-9_]*')

def pieces(text):
    """Yields (kind, text): code, comment, string."""
    i, n, start = 0, len(text), 0
    out = []
    def flush(k, a, b):
        if b > a: out.append((k, text[a:b]))
    def string(i):
        # at a string opening; returns the index past it, appending pieces
        hashes = 0
        j = i
        while text[j] == '#': hashes += 1; j += 1
        if text.startswith('"""', j): q = '"""'
        else: q = '"'
        j += len(q)
        close = q + '#' * hashes
        esc = '\\' + '#' * hashes
        s = i
        while j < n:
            if text.startswith(esc + '(', j):
                j += len(esc) + 1
                flush('string', s, j)
                depth, s = 1, j
                k = j
                while depth:
                    c = text[k]
                    if c == '(' : depth += 1; k += 1
                    elif c == ')': depth -= 1; k += 1
                    elif c == '"' or (c == '#' and re.match(r'#+"', text[k:])):
                        flush('code', s, k)
                        k = string(k); s = k
                    else: k += 1
                flush('code', s, k - 1)
                s = k - 1; j = k
            elif text.startswith(esc, j) and not (hashes and not text.startswith(esc, j)):
                j += len(esc) + 1
            elif text.startswith(close, j):
                j += len(close)
                flush('string', s, j)
                return j
            else: j += 1
        raise SystemExit('unclosed string')
    while i < n:
        if text.startswith('//', i):
            flush('code', start, i)
            j = text.find('\n', i); j = n if j < 0 else j
            flush('comment', i, j); i = start = j
        elif text.startswith('/*', i):
            flush('code', start, i)
            j = text.find('*/', i) + 2
            flush('comment', i, j); i = start = j
        elif text[i] == '"' or (text[i] == '#' and re.match(r'#+"', text[i:i+4])):
            flush('code', start, i)
            i = start = string(i)
        elif text[i] == '#' and text.startswith('#/', i):
            flush('code', start, i)
            j = text.find('/#', i + 2) + 2
            flush('string', i, j); i = start = j
        elif text[i] == '/' and i + 1 < n and text[i+1] not in ' /*=' and text[:i].rstrip(' ')[-1:] in '(,=':
            flush('code', start, i)
            j = i + 1
            while text[j] != '/':
                j += 2 if text[j] == '\\' else 1
            flush('string', i, j + 1)
            i = start = j + 1
        else: i += 1
    flush('code', start, n)
    return out

def rename(path, text):
    rel = str(path.relative_to(root))
    maps = [(m, kinds) for where, kinds, m in spec.RENAMES if any(re.match(w, rel) for w in where)]
    if not maps: return text
    done = []
    for kind, piece in pieces(text):
        if kind != 'string':
            def one(found):
                word = found.group(0)
                if kind == 'comment':
                    before, after = piece[:found.start()][-1:], piece[found.end():][:1]
                    if not (before == '`' or after == '`' or (before == '.' and after != ' ') or after == '.' and piece[found.end():][1:2].isalpha()): return word
                for m, kinds in maps:
                    if kind in kinds and word in m: return m[word]
                    if kind in kinds and '!' + word in m and piece[:found.start()][-1:] != '.': return m['!' + word]
                return word
            piece = IDENT.sub(one, piece)
        done.append(piece)
    return ''.join(done)

files = subprocess.run(['git', '-C', str(root), 'ls-files', '*.swift', '--others', '--cached', '--exclude-standard'], capture_output=True, text=True, check=True).stdout.split('\n')
changed = 0
for f in filter(None, sorted(set(files))):
    p = root / f
    if not p.exists(): continue
    old = p.read_text()
    try: new = rename(p, old)
    except BaseException as e: print(f, e); sys.exit(1)
    for where, a, b in spec.REGEX:
        if re.match(where, f): new = re.sub(a, b, new)
    if new != old: p.write_text(new); changed += 1
moved = 0
for a, b in spec.MOVES:
    if (root / a).exists() and not (root / b).exists():
        (root / b).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(['git', '-C', str(root), 'mv', a, b], check=True); moved += 1
for a, b in spec.FOLDERS:
    if not (root / a).exists(): continue
    for p in sorted((root / a).rglob('*')):
        if p.is_file():
            q = root / b / p.relative_to(root / a)
            q.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(['git', '-C', str(root), 'mv', str(p), str(q)], check=True); moved += 1
print(changed, 'files changed', moved, 'moved')
