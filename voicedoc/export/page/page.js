const one = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

const recording = new Recording(JSON.parse(one("#data").textContent));
const rows = all(".line");

/** The player, its drawings and everything that a click or a key does to them. */
class Desk {
  constructor(portions) {
    const report = (error) => this.report(error);
    this.player = new Player(recording.duration, {
      onTime: (time, isJump) => this.move(time, isJump),
      onState: (isPlaying) => this.state(isPlaying),
      onTrouble: report,
    });
    this.whole = new Whole(one(".whole"), recording, this.player);
    this.near = new Near(one(".near"), recording, this.player, () => this.drawSoon());
    this.follower = new Follower(recording, rows, all("[data-w]"), one("[data-does=follow]"));
    one(".clock .length").textContent = clockText(recording.duration);
    this.watchLooks();
    this.takeClicks();
    this.takeKeys();
    soundOf(portions, recording.mediaType).then((blob) => this.player.load(blob), report);
  }

  move(time, isJump) {
    this.tellTime(clockText(time));
    if (isJump) this.near.isHeld = false;
    this.near.follow(time);
    this.follower.show(time);
    this.drawSoon();
  }

  tellTime(text) {
    const clock = one(".clock .now");
    if (clock.textContent !== text) clock.textContent = text;
  }

  state(isPlaying) {
    one(".player").classList.toggle("playing", isPlaying);
    one("[data-does=play]").setAttribute("aria-label", isPlaying ? "Pause" : "Play");
  }

  report(error) {
    const message = one(".trouble");
    message.textContent = `This browser cannot play the sound (${error?.message || "unknown reason"}). The transcript can still be read.`;
    message.hidden = false;
  }

  drawSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (!one(".player").clientWidth) return; // not shown, as in print
      this.near.draw(this.player.time, this.colours);
      this.whole.draw(this.player.time, this.colours, this.near.sight);
    });
  }

  watchLooks() {
    const look = () => { this.colours = pageColours(recording.voices.length); this.drawSoon(); };
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look);
    new ResizeObserver(([entry]) => {
      document.documentElement.style.setProperty("--player", `${Math.round(entry.target.offsetHeight)}px`);
      this.drawSoon();
    }).observe(one(".player"));
    look();
  }

  takeClicks() {
    const actions = {
      play: () => this.player.toggle(),
      previous: () => this.toTurn(-1),
      next: () => this.toTurn(1),
      follow: () => this.follower.follow(!this.follower.isFollowing),
      wider: () => this.near.zoom(2),
      closer: () => this.near.zoom(0.5),
    };
    one(".controls").addEventListener("click", (event) => actions[event.target.closest("button")?.dataset.does]?.());
    one(".speed").addEventListener("change", (event) => { this.player.speed = Number(event.target.value); });
    one(".reading").addEventListener("click", (event) => this.playClicked(event.target));
  }

  playClicked(target) {
    const seek = target.closest("[data-seek]");
    const word = target.closest("[data-w]");
    if (seek) this.player.playFrom(Number(seek.dataset.seek));
    else if (word && getSelection().isCollapsed) this.player.playFrom(recording.wordStart(Number(word.dataset.w)));
  }

  takeKeys() {
    listenToKeys({
      " ": () => this.player.toggle(),
      ArrowLeft: () => this.player.seek(this.player.time - 5),
      ArrowRight: () => this.player.seek(this.player.time + 5),
      ArrowUp: () => this.toTurn(-1),
      ArrowDown: () => this.toTurn(1),
      ",": () => this.toWord(-1),
      ".": () => this.toWord(1),
      "[": () => this.changeSpeed(-1),
      "]": () => this.changeSpeed(1),
      "-": () => this.near.zoom(2),
      "+": () => this.near.zoom(0.5),
    });
  }

  /** The next shown line, or back to the beginning of this one and then to the one before, as players do. */
  toTurn(step) {
    const now = this.player.time;
    const shown = recording.lines.filter((_, number) => !rows[number].hidden);
    const line = step > 0 ? shown.find((each) => each.start > now + 0.05) : shown.findLast((each) => each.start < now - 1);
    if (line) this.toLine(line.start);
  }

  toWord(step) {
    const word = recording.wordBeside(this.player.time, step);
    if (word !== null) this.toLine(recording.wordStart(word));
  }

  toLine(time) {
    this.follower.follow(true);
    this.player.seek(time);
  }

  changeSpeed(step) {
    const at = SPEEDS.indexOf(this.player.speed) + step;
    if (!(at in SPEEDS)) return;
    this.player.speed = SPEEDS[at];
    one(".speed").value = String(SPEEDS[at]);
  }
}

function start() {
  const filter = new Filter(one(".tools"), recording, rows);
  listenToKeys({ "/": () => filter.search.focus() });
  filter.search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { filter.clear(); filter.search.blur(); }
  });
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.closest("[hidden]")) { filter.clear(); target.scrollIntoView(); }
    desk?.follower.follow(false);
  });
  window.addEventListener("beforeprint", () => all("details").forEach((each) => { each.open = true; }));
  one(".tools").hidden = false;
  const portions = all("script.sound");
  const desk = portions.length ? new Desk(portions) : null;
  document.body.dataset.state = desk ? "ready" : "silent";
  one(".player").hidden = !desk;
}

start();
