const OWN_SCROLL = ["wheel", "touchmove"];
const SCROLL_KEYS = new Set(["PageUp", "PageDown", "Home", "End"]);

/** Marks the word and line that are being said, and scrolls along until the reader scrolls. */
class Follower {
  constructor(recording, rows, words, button) {
    this.recording = recording;
    this.rows = rows;
    this.words = words;
    this.button = button;
    this.isFollowing = true;
    this.word = this.line = null;
    for (const kind of OWN_SCROLL) window.addEventListener(kind, () => this.follow(false), { passive: true });
    window.addEventListener("keydown", (event) => { if (SCROLL_KEYS.has(event.key)) this.follow(false); });
    window.addEventListener("pointerdown", (event) => {
      if (event.clientX >= document.documentElement.clientWidth) this.follow(false); // on the scroll bar
    });
  }

  follow(isFollowing) {
    this.isFollowing = isFollowing;
    this.button.setAttribute("aria-pressed", isFollowing);
    if (isFollowing && this.line !== null) this.reveal();
  }

  show(time) {
    const line = this.recording.lineAt(time);
    this.word = this.mark(this.words, this.word, this.recording.wordAt(time));
    if (line === this.line) return;
    this.rows[this.line]?.removeAttribute("aria-current");
    this.rows[line]?.setAttribute("aria-current", "true");
    this.line = this.mark(this.rows, this.line, line);
    if (line !== null && this.isFollowing) this.reveal();
  }

  mark(elements, before, now) {
    if (before !== now) {
      elements[before]?.classList.remove("now");
      elements[now]?.classList.add("now");
    }
    return now;
  }

  /** Brings the line into the middle of what is free, if it is not in sight. */
  reveal() {
    const row = this.rows[this.line];
    if (row.hidden) return;
    const box = row.getBoundingClientRect();
    const top = document.querySelector(".player").getBoundingClientRect().bottom + 40;
    if (box.top >= top && box.bottom <= window.innerHeight - 60) return;
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    window.scrollBy({ top: box.top - top - (window.innerHeight - top) / 4, behavior: isCalm ? "auto" : "smooth" });
  }
}
