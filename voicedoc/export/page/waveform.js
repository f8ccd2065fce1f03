const LANE = 14;
const BAR = 3;
const RULER = 16;
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];
const SHORTEST = 2;
const FIRST_SIGHT = 45;

/** The page's colours as the canvas needs them. */
function pageColours(nVoices) {
  const style = getComputedStyle(document.documentElement);
  const named = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: named("ink"), soft: named("soft"), rule: named("rule"), wave: named("wave"),
    accent: named("accent"), paper: named("raised"), warn: named("warn"),
    voices: Array.from({ length: nVoices }, (_, voice) => named(`voice-${voice % 8}`)),
  };
}

/** A canvas of device pixels, drawn in CSS pixels. */
class Surface {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
  }

  /** Takes the size that the page gives it; true if that is new. */
  fit() {
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(this.canvas.clientWidth * ratio);
    const height = Math.round(this.canvas.clientHeight * ratio);
    const isNew = width !== this.canvas.width || height !== this.canvas.height;
    if (isNew) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.width = width / ratio;
    this.height = height / ratio;
    return isNew;
  }

  clear() {
    this.context.clearRect(0, 0, this.width, this.height);
  }

  rectangle(colour, x, y, width, height) {
    this.context.fillStyle = colour;
    this.context.fillRect(x, y, width, height);
  }
}

/** Bars of loudness between two times, in the colour of who speaks. */
function drawWave(surface, recording, colours, from, to, top, height) {
  const second = (to - from) / surface.width;
  for (let x = 0; x < surface.width; x += BAR) {
    const time = from + x * second;
    const loudness = Math.sqrt(recording.loudest(time, time + BAR * second));
    const voice = recording.voiceAt(time + (BAR * second) / 2);
    const tall = Math.max(1, loudness * height);
    surface.rectangle(voice === null ? colours.wave : colours.voices[voice], x, top + (height - tall) / 2, BAR - 1, tall);
  }
}

/** The whole recording in one strip: click, drag or arrow keys go to a place. */
class Whole {
  constructor(canvas, recording, player) {
    this.surface = new Surface(canvas);
    this.recording = recording;
    this.player = player;
    this.strip = new Surface(document.createElement("canvas"));
    canvas.setAttribute("aria-valuemax", recording.duration.toFixed(1));
    canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); this.go(event); });
    canvas.addEventListener("pointermove", (event) => { if (event.buttons & 1) this.go(event); });
  }

  go(event) {
    this.player.seek((event.offsetX / this.surface.width) * this.recording.duration);
  }

  draw(time, colours, sight) {
    if (this.surface.fit() || this.colours !== colours) this.paintStrip(colours);
    const { surface } = this;
    const scale = surface.width / this.recording.duration;
    surface.clear();
    surface.context.drawImage(this.strip.canvas, 0, 0, surface.width, surface.height);
    surface.context.strokeStyle = colours.soft;
    surface.context.strokeRect(sight.start * scale + 0.5, 0.5, Math.max(3, sight.seconds * scale - 1), surface.height - 1);
    surface.rectangle(colours.ink, time * scale - 1, 0, 2, surface.height);
    this.tell(time);
  }

  paintStrip(colours) {
    this.colours = colours;
    const { canvas } = this.strip;
    canvas.width = this.surface.canvas.width;
    canvas.height = this.surface.canvas.height;
    const ratio = window.devicePixelRatio || 1;
    this.strip.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.strip.width = this.surface.width;
    drawWave(this.strip, this.recording, colours, 0, this.recording.duration, 2, this.surface.height - 4);
  }

  /** What a screen reader says of the place. */
  tell(time) {
    const second = Math.floor(time);
    if (second === this.told) return;
    this.told = second;
    const voice = this.recording.voiceAt(time);
    const who = voice === null ? "" : `, ${this.recording.voices[voice]}`;
    this.surface.canvas.setAttribute("aria-valuenow", second);
    this.surface.canvas.setAttribute("aria-valuetext", `${clockText(time)} of ${clockText(this.recording.duration)}${who}`);
  }
}

/** A part of the recording close up, with a lane for each speaker: drag or scroll to look around, click to go there. */
class Near {
  constructor(canvas, recording, player, redraw) {
    this.surface = new Surface(canvas);
    this.recording = recording;
    this.player = player;
    this.redraw = redraw;
    this.sight = { start: 0, seconds: Math.min(FIRST_SIGHT, recording.duration) };
    this.lanes = [...new Set(recording.turns.map((turn) => turn.voice))].sort((one, other) => one - other);
    this.isHeld = false;
    canvas.style.height = `${RULER + 52 + this.lanes.length * LANE}px`;
    canvas.addEventListener("wheel", (event) => this.scroll(event), { passive: false });
    canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); this.grab(event); });
    canvas.addEventListener("pointermove", (event) => this.drag(event));
    canvas.addEventListener("pointerup", (event) => this.release(event));
    canvas.addEventListener("pointercancel", () => { this.grabbed = null; });
  }

  /** Shows another part, within the recording. */
  look(start, seconds = this.sight.seconds) {
    const shown = Math.min(Math.max(seconds, SHORTEST), this.recording.duration);
    this.sight = { start: Math.min(Math.max(start, 0), this.recording.duration - shown), seconds: shown };
    this.redraw();
  }

  /** Shows `factor` times as much, with what is at `time` staying where it is. */
  zoom(factor, time = this.player.time) {
    const { start, seconds } = this.sight;
    const shown = Math.min(Math.max(seconds * factor, SHORTEST), this.recording.duration);
    const within = time >= start && time <= start + seconds ? (time - start) / seconds : 0.5;
    this.look((within === 0.5 ? start + seconds / 2 : time) - within * shown, shown);
  }

  /** Turns the page when the sound leaves it, unless somebody is looking elsewhere. */
  follow(time) {
    const { start, seconds } = this.sight;
    if (!this.isHeld && (time < start || time > start + 0.92 * seconds)) this.look(time - 0.08 * seconds);
  }

  scroll(event) {
    const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
    if (event.ctrlKey) this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.timeAt(event));
    else if (Math.abs(sideways) > 0) this.pan(sideways);
    else return;
    event.preventDefault();
  }

  pan(pixels) {
    this.isHeld = true;
    this.look(this.sight.start + (pixels / this.surface.width) * this.sight.seconds);
  }

  timeAt(event) {
    return this.sight.start + (event.offsetX / this.surface.width) * this.sight.seconds;
  }

  grab(event) {
    this.grabbed = { x: event.offsetX, start: this.sight.start, hasMoved: false };
  }

  drag(event) {
    if (!this.grabbed) return;
    const moved = event.offsetX - this.grabbed.x;
    this.grabbed.hasMoved ||= Math.abs(moved) > 4;
    if (!this.grabbed.hasMoved) return;
    this.isHeld = true;
    this.look(this.grabbed.start - (moved / this.surface.width) * this.sight.seconds);
  }

  release(event) {
    if (this.grabbed && !this.grabbed.hasMoved) this.player.seek(this.timeAt(event));
    this.grabbed = null;
  }

  draw(time, colours) {
    const { surface, sight } = this;
    surface.fit();
    surface.clear();
    const below = surface.height - this.lanes.length * LANE - 2;
    this.drawRuler(colours, below);
    this.drawNothing(colours, below);
    drawWave(surface, this.recording, colours, sight.start, sight.start + sight.seconds, RULER, below - RULER - 4);
    this.drawLanes(colours, below);
    this.drawFlags(colours);
    surface.rectangle(colours.ink, this.across(time) - 1, 0, 2, surface.height);
  }

  across(time) {
    return ((time - this.sight.start) / this.sight.seconds) * this.surface.width;
  }

  isSeen(span) {
    return span.end >= this.sight.start && span.start <= this.sight.start + this.sight.seconds;
  }

  drawRuler(colours, below) {
    const { surface, sight } = this;
    const step = STEPS.find((seconds) => (seconds / sight.seconds) * surface.width >= 90) ?? STEPS.at(-1);
    surface.context.font = "11px system-ui, sans-serif";
    for (let at = Math.ceil(sight.start / step); at * step <= sight.start + sight.seconds; at++) {
      const x = this.across(at * step);
      surface.rectangle(colours.rule, x, 0, 1, below);
      surface.context.fillStyle = colours.soft;
      surface.context.fillText(clockText(at * step).replace(step < 1 ? "" : /\.\d$/, ""), x + 4, 11);
    }
  }

  drawNothing(colours, below) {
    for (const span of this.recording.nothingHeard.filter((each) => this.isSeen(each))) {
      const from = this.across(span.start);
      const to = this.across(span.end);
      this.surface.context.strokeStyle = colours.soft;
      this.surface.context.setLineDash([3, 3]);
      this.surface.context.strokeRect(from, RULER, to - from, below - RULER - 4);
      this.surface.context.setLineDash([]);
    }
  }

  drawLanes(colours, top) {
    this.lanes.forEach((voice, lane) => {
      const y = top + lane * LANE;
      this.surface.rectangle(colours.rule, 0, y + LANE / 2 - 1, this.surface.width, 1);
      for (const turn of this.recording.turns) {
        if (turn.voice !== voice || !this.isSeen(turn)) continue;
        const x = this.across(turn.start);
        this.surface.rectangle(colours.voices[voice], x, y + 1, Math.max(2, this.across(turn.end) - x), LANE - 3);
      }
      this.nameLane(colours, voice, y);
    });
  }

  nameLane(colours, voice, y) {
    const { context } = this.surface;
    context.font = "600 10px system-ui, sans-serif";
    const name = this.recording.voices[voice].slice(0, 18);
    this.surface.rectangle(colours.paper, 0, y, context.measureText(name).width + 8, LANE);
    context.fillStyle = colours.voices[voice];
    context.fillText(name, 3, y + LANE - 4);
  }

  drawFlags(colours) {
    const { context } = this.surface;
    context.fillStyle = colours.warn;
    for (const line of this.recording.lines.filter((each) => each.flagged && this.isSeen(each))) {
      const x = this.across((line.start + line.end) / 2);
      context.beginPath();
      context.moveTo(x - 5, 2);
      context.lineTo(x + 5, 2);
      context.lineTo(x, 11);
      context.fill();
    }
  }
}
