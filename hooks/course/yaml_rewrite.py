"""YAML text and what it should say come in; the text with only that changed goes out.

What has not changed keeps its text byte for byte, comments and layout included. New parts are
written in the style of this course: texts after `>-`, short lists in brackets. The result is
read again, and must say what was asked for.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

import yaml

from .model import TEXT_FIELDS
from .yaml_reader import MAX_DEPTH, Document, Where, parse

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What YAML does not take as it is, and the line ends of YAML that no editor shows.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)


class EditError(Exception):
    """What keeps a file from being changed in place: `line`, `what`, `fix`."""

    def __init__(self, line: int, what: str, fix: str) -> None:
        super().__init__(what)
        self.line, self.what, self.fix = line, what, fix


def rewrite(text: str, data: Any) -> str:
    """`text`, a YAML document without a problem, with as little changed as makes it say `data`.

    Line ends and a byte order mark stay. Items of a list that have an `id` are known by it.
    Raises EditError where that cannot be done without losing something.
    """
    body = text.removeprefix("\ufeff")
    lined = body.replace("\r\n", "\n").replace("\r", "\n")
    new = _changed(_moved(lined, data), data)
    read = parse(new, "")
    if read.problems or not _same(read.data, data):
        line = next(iter(read.problems), None)
        what = "this file is written in a way that cannot be changed in place"
        raise EditError(line.line if line else 1, what, "make the change in the file itself")
    return text[: len(text) - len(body)] + _line_ends(body, new)


def comments(text: str) -> list[tuple[int, str]]:
    """The comments of a YAML text with their lines, counted from 1."""
    found: list[tuple[int, str]] = []
    end = 0
    for token in yaml.scan(text, Loader=_Loader):
        start = int(token.start_mark.index)
        found += _comments_in(text, end, start)
        end = max(end, int(token.end_mark.index))
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            found += _comments_in(text, start + 1, _line_end(text, start))
    return [*found, *_comments_in(text, end, len(text))]


def _comments_in(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for match in re.finditer(r"(?:(?<=\s)|^)#[^\n]*", text[start:end]):
        yield text.count("\n", 0, start + match.start()) + 1, match[0].rstrip()


@dataclass(frozen=True)
class _Chunk:
    """The lines of one item of a block list; `end` is the end of its last line of content."""

    start: int
    end: int


@dataclass
class _Text:
    """A YAML text with its nodes, its data, and the edits that are to be made to it."""

    text: str
    document: Document = field(init=False)
    root: Any = field(init=False)
    dashes: list[int] = field(init=False)
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.document = parse(self.text, "")
        self.root = yaml.compose(self.text, Loader=_Loader)
        self.dashes = [
            int(token.start_mark.index)
            for token in yaml.scan(self.text, Loader=_Loader)
            if isinstance(token, yaml.BlockEntryToken)
        ]

    def replace(self, start: int, end: int, new: str) -> None:
        """Note that what stands from `start` to `end` gives way to `new`."""
        self.edits.append((start, end, new))

    def applied(self) -> str:
        """The text with all edits made; deletions may overlap."""
        parts, here = [], 0
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2]):
            parts += [self.text[here:start], new]
            here = max(here, end)
        return "".join([*parts, self.text[here:]])

    def line_start(self, index: int) -> int:
        """Where the line around `index` begins."""
        return self.text.rfind("\n", 0, index) + 1

    def content_end(self, node: Any) -> int:
        """The end of the last line that belongs to `node`, with a comment behind it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.content_end(last[1] if isinstance(last, tuple) else last)
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            keeps = "+" in self.text[start : _line_end(self.text, start)]
            written = self.text[start:end]
            end = start + len(written.removesuffix("\n") if keeps else written.rstrip())
        return _line_end(self.text, end)

    def chunks(self, node: Any) -> list[_Chunk]:
        """The lines of each item of the block list `node`, with the comments above it."""
        column = node.start_mark.column
        found = []
        for item in node.value:
            at = bisect_right(self.dashes, item.start_mark.index) - 1
            while self.dashes[at] - self.line_start(self.dashes[at]) != column:
                at -= 1
            start = self.line_start(self.dashes[at])
            while re.match(r"[ \t]*#", self.text[(above := self.line_start(start - 1)) : start]):
                start = above
            found.append(_Chunk(start, self.content_end(item)))
        return found


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _same(one: Any, other: Any) -> bool:
    """Equal, with true no equal of 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)


def _name(item: Any) -> Any:
    """What an item of a list is known by."""
    return item.get("id") if isinstance(item, Mapping) else ("value", item)


# Moving items comes first, in a text of its own, so that a moved item can be changed as well.


def _moved(text: str, data: Any) -> str:
    """The text with the items of its block lists in the order of `data`."""
    for _ in range(MAX_DEPTH):
        here = _Text(text)
        _move(here, here.root, here.document.data, data)
        if not here.edits:
            break
        text = here.applied()
    return text


def _move(here: _Text, node: Any, old: Any, new: Any) -> None:
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in node.value:
            if key.value in new:
                _move(here, value, old[key.value], new[key.value])
    elif isinstance(old, list) and isinstance(new, list) and not node.flow_style:
        names, wanted = [_name(item) for item in old], [_name(item) for item in new]
        staying = [name for name in names if name in wanted]
        order = [name for name in wanted if name in names]
        if staying != order and len(set(map(repr, names))) == len(names):
            _reorder(here, node, names, order)
            return
        by_name = {repr(_name(item)): item for item in new}
        for child, item in zip(node.value, old, strict=True):
            _move(here, child, item, by_name.get(repr(_name(item))))


def _reorder(here: _Text, node: Any, names: list[Any], order: list[Any]) -> None:
    """Let the items that stay swap places; what goes keeps its place for now."""
    chunks = here.chunks(node)
    queue = iter(order)
    for chunk, name in zip(chunks, names, strict=True):
        if name in order:
            source = chunks[names.index(next(queue))]
            here.replace(chunk.start, chunk.end, here.text[source.start : source.end])


# Then everything else, from the positions of the nodes.


def _changed(text: str, data: Any) -> str:
    """The text with values, keys and items changed, taken out and added."""
    here = _Text(text)
    if here.root is None:
        return text
    _change(here, here.root, (), here.document.data, data)
    return here.applied()


def _change(here: _Text, node: Any, where: Where, old: Any, new: Any) -> None:
    if _same(old, new):
        return
    if isinstance(node, yaml.ScalarNode):
        _change_scalar(here, node, where, new)
    elif node.flow_style and not _alike(old, new):
        _change_flow(here, node, new)
    elif isinstance(node, yaml.MappingNode):
        _change_mapping(here, node, where, old, new)
    elif node.flow_style or (_alike(old, new) and not any(isinstance(i, dict) for i in old)):
        for index, child in enumerate(node.value):
            _change(here, child, (*where, index), old[index], new[index])
    else:
        _change_list(here, node, where, old, new)


def _alike(old: Any, new: Any) -> bool:
    """Whether two values have the same keys or the same number of items."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys()
    return isinstance(old, list) and isinstance(new, list) and len(old) == len(new)


def _change_scalar(here: _Text, node: Any, where: Where, new: Any) -> None:
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if node.style not in ("|", ">"):
        in_brackets = _in_brackets(here.root, start)
        quoted = node.style in ("'", '"') and isinstance(new, str)
        here.replace(start, end, _quoted(new) if quoted else _inline(new, in_brackets))
        return
    header = here.text[start : _line_end(here.text, start)]
    comment = re.search(r"\s+#.*", header)
    behind = comment[0].rstrip() if comment else ""
    content = here.text[start + len(header) + 1 : end]
    first = re.match(r"(?:[ \t]*\n)*( +)", content)
    outer = len(re.match(r" *", here.text[here.line_start(start) :])[0])  # type: ignore[index]
    pad = first[1] if first else " " * (outer + 2)
    end = min(end, here.content_end(node))
    here.replace(start, end, _prose(new, pad, behind) if isinstance(new, str) else _inline(new))


def _in_brackets(node: Any, index: int) -> bool:
    """Whether the place `index` lies inside brackets or braces."""
    if isinstance(node, yaml.ScalarNode):
        return False
    if node.flow_style:
        return True
    for child in node.value:
        for part in child if isinstance(child, tuple) else (child,):
            if part.start_mark.index <= index < part.end_mark.index:
                return _in_brackets(part, index)
    return False


def _change_flow(here: _Text, node: Any, new: Any) -> None:
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    line = node.start_mark.line + 1
    if any(line <= at < line + here.text.count("\n", start, end) for at, _ in comments(here.text)):
        what = "a comment stands inside brackets that have to be written anew"
        raise EditError(line, what, "put the comment above, and import again")
    here.replace(start, end, _inline(new))


def _change_mapping(here: _Text, node: Any, where: Where, old: Any, new: Any) -> None:
    entries = {key.value: (key, value) for key, value in node.value}
    # Where nothing becomes a mapping or a list, the entry is written anew.
    kept = [name for name in entries if name in new and _big(old[name]) == _big(new[name])]
    for name in kept:
        _change(here, entries[name][1], (*where, name), old[name], new[name])
    if node.flow_style:
        return
    for name in entries:
        if name not in kept:
            _take_out_entry(here, node, name)
    pad = " " * int(node.start_mark.column)
    after = kept[0] if kept else None
    for name in new:
        if name in kept:
            after = name
        elif after is None:
            raise EditError(node.start_mark.line + 1, "nothing of this stays", "change it here")
        else:
            place = here.content_end(entries[after][1])
            here.replace(place, place, "\n" + _entry(name, new[name], pad, where))


def _big(value: Any) -> bool:
    return isinstance(value, dict | list)


def _take_out_entry(here: _Text, node: Any, name: str) -> None:
    starts = [int(key.start_mark.index) for key, _ in node.value]
    index = next(i for i, (key, _) in enumerate(node.value) if key.value == name)
    start, end = starts[index], here.content_end(node.value[index][1])
    line = here.line_start(start)
    if here.text[line:start].strip():  # it stands behind the dash of a list
        here.replace(start, [*starts, end][index + 1], "")
    else:
        here.replace(line, min(end + 1, len(here.text)), "")


def _change_list(here: _Text, node: Any, where: Where, old: Any, new: Any) -> None:
    names, wanted = [_name(item) for item in old], [_name(item) for item in new]
    chunks = here.chunks(node)
    for index, name in enumerate(names):
        if name in wanted:
            wish = new[wanted.index(name)]
            _change(here, node.value[index], (*where, index), old[index], wish)
        else:
            last = index == len(names) - 1
            above = chunks[index - 1].end if index else chunks[0].start
            start, end = chunks[index].start, chunks[index].end
            here.replace(*((above, end) if last else (start, chunks[index + 1].start)), "")
    pad = " " * int(node.start_mark.column)
    gap = _gap(here, chunks, where)
    place, first = chunks[0].start, True
    for name, item in zip(wanted, new, strict=True):
        if name in names:
            place, first = chunks[names.index(name)].end, False
        else:
            written = _item(item, pad, where)
            here.replace(place, place, written + gap if first else gap + written)


def _gap(here: _Text, chunks: list[_Chunk], where: Where) -> str:
    """What stands between two items: questions have an empty line between them."""
    if len(chunks) > 1:
        between = here.text[chunks[0].end : chunks[1].start]
        return "\n" * max(between.count("\n"), 1)
    return "\n\n" if len(where) == 1 else "\n"


# New text, in the style of this course.


def _entry(key: str, value: Any, pad: str, where: Where) -> str:
    """`key: value` in block style; `where` is the place of the mapping it belongs to."""
    if isinstance(value, str) and where and where[-1] in TEXT_FIELDS:
        return f"{pad}{key}: {_prose(value, pad + '  ')}"
    if isinstance(value, dict):
        inner = (_entry(name, part, pad + "  ", (*where, key)) for name, part in value.items())
        return "\n".join([f"{pad}{key}:", *inner])
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        items = (_item(item, pad + "  ", (*where, key)) for item in value)
        return "\n".join([f"{pad}{key}:", *items])
    return f"{pad}{key}: {_inline(value)}"


def _item(item: Any, pad: str, where: Where) -> str:
    """An item of a block list."""
    if not isinstance(item, dict):
        return f"{pad}- {_inline(item)}"
    lines = "\n".join(_entry(key, part, pad + "  ", (*where, 0)) for key, part in item.items())
    return f"{pad}- {lines[len(pad) + 2 :]}"


def questions_file(comment: str, questions: list[Any]) -> str:
    """A new self-check in the style of this course; `comment` is its first line."""
    items = "\n\n".join(_item(question, "  ", ("questions",)) for question in questions)
    return f"# {comment}\nquestions:\n{items}\n"


def _prose(text: str, pad: str, comment: str = "") -> str:
    """A text after `>-`, on a line of its own; after `|-` when it has several lines."""
    if _UNPRINTABLE.search(text) or text != text.strip() or not text:
        return _quoted(text) + comment
    lines = "\n".join(pad + line if line else "" for line in text.split("\n"))
    return f"{'|-' if chr(10) in text else '>-'}{comment}\n{lines}"


def _inline(value: Any, in_brackets: bool = True) -> str:
    """A value on one line, plain where YAML reads it as what it is."""
    if isinstance(value, dict):
        inner = ", ".join(f"{key}: {_inline(part)}" for key, part in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, str):
        probe = f"[{value}]" if in_brackets else f"- {value}"
        read = parse(probe, "") if "\n" not in value and not _UNPRINTABLE.search(value) else None
        plain = read and read.data == [value] and not read.problems and not read.cut
        return value if plain and value[:1] not in "\"'" else _quoted(value)
    return json.dumps(value)


def _quoted(text: str) -> str:
    """A text in double quotes; JSON's escapes are YAML's as well."""
    written = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def _line_ends(old: str, new: str) -> str:
    """`new` with the line ends of `old`, line by line where the same lines stand."""
    if "\r" not in old:
        return new
    was = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", old)
    ends = [line[len(line.rstrip("\r\n")) :] for line in was]
    usual = max(("\r\n", "\n", "\r"), key=ends.count)
    lines = new.split("\n")
    matched = [usual] * (len(lines) - 1)
    same = SequenceMatcher(None, [line.rstrip("\r\n") for line in was], lines, autojunk=False)
    for block in same.get_matching_blocks():
        for step in range(block.size):
            if block.b + step < len(matched):
                matched[block.b + step] = ends[block.a + step] or usual
    return "".join(line + end for line, end in zip(lines, [*matched, ""], strict=True))
