const MOST_HIGHLIGHTS = 2000;

/** The pieces of text in an element, with the place of each in the element's whole text. */
function textPieces(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const pieces = [];
  for (let start = 0, node = walker.nextNode(); node; node = walker.nextNode()) {
    pieces.push({ node, start, end: start + node.length });
    start += node.length;
  }
  return pieces;
}

function rangeIn(pieces, start, end) {
  const first = pieces.find((piece) => piece.end > start);
  const last = pieces.find((piece) => piece.end >= end);
  const range = new Range();
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, end - last.start);
  return range;
}

/** Shows those lines that hold the words sought, by the speakers chosen, doubtful or not. */
class Filter {
  constructor(tools, recording, rows) {
    this.tools = tools;
    this.recording = recording;
    this.rows = rows;
    this.search = tools.querySelector("input[type=search]");
    this.doubtful = tools.querySelector("[data-does=doubtful]");
    this.texts = [];
    this.search.addEventListener("input", () => this.applySoon());
    tools.addEventListener("change", (event) => {
      if (event.target.dataset.shows !== undefined) this.showColumn(event.target);
      this.apply();
    });
    this.count();
  }

  showColumn(box) {
    for (const cell of document.querySelectorAll(`[data-column="${box.dataset.shows}"]`)) cell.hidden = !box.checked;
  }

  /** Not at every key: in a long transcript each look takes a moment. */
  applySoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.apply(), 120);
  }

  apply() {
    const sought = folded(this.search.value.trim());
    const voices = new Set([...this.tools.querySelectorAll("[data-voice]:checked")].map((box) => Number(box.dataset.voice)));
    this.recording.lines.forEach((line, number) => {
      const isWanted = voices.has(line.voice) && (line.doubtful || !this.doubtful.checked);
      this.rows[number].hidden = !(isWanted && this.textOf(number).includes(sought));
    });
    this.highlight(sought);
    this.count();
  }

  /** Shows every line again. */
  clear() {
    this.search.value = "";
    for (const box of this.tools.querySelectorAll("[data-voice]")) box.checked = true;
    this.doubtful.checked = false;
    this.apply();
  }

  textOf(number) {
    this.texts[number] ??= [...this.rows[number].querySelectorAll(".text")].map((cell) => folded(cell.textContent)).join("\n");
    return this.texts[number];
  }

  highlight(sought) {
    if (!("highlights" in CSS)) return;
    CSS.highlights.delete("search");
    if (sought) CSS.highlights.set("search", new Highlight(...this.found(sought)));
  }

  found(sought) {
    const ranges = [];
    for (const cell of this.rows.filter((row) => !row.hidden).flatMap((row) => [...row.querySelectorAll(".text")])) {
      const text = folded(cell.textContent);
      const pieces = text.includes(sought) ? textPieces(cell) : [];
      for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) {
        ranges.push(rangeIn(pieces, at, at + sought.length));
        if (ranges.length >= MOST_HIGHLIGHTS) return ranges;
      }
    }
    return ranges;
  }

  count() {
    const shown = this.rows.filter((row) => !row.hidden).length;
    const all = this.rows.length;
    this.tools.querySelector(".count").textContent = shown === all ? `${all} lines` : `${shown} of ${all} lines`;
  }
}
