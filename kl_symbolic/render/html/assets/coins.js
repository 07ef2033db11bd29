"use strict";
(() => {
  const FLIPS = 10000;
  const panel = document.querySelector(".coins");
  const base = Number(panel.dataset.base);
  const unit = base ? Math.log(base) : 1;
  const field = (name) => panel.querySelector(`[data-coin="${name}"]`);
  const say = (name, text) => { panel.querySelector(`[data-value="${name}"]`).textContent = text; };
  const shown = (x) => x.toFixed(4).replace("-", "\u2212");
  const thousands = (n) => String(n).replace(/(\d)(?=(\d{3})+$)/g, "$1\u2009");

  // Mulberry32: 32 bits of state, the same flips for the same seed in every browser.
  const random = (seed) => {
    let state = seed >>> 0;
    return () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = Math.imul(state ^ (state >>> 15), state | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  };

  const divergence = (p, q) => (p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q))) / unit;
  const cross = (p, q) => -(p * Math.log(q) + (1 - p) * Math.log(1 - q)) / unit;

  // The mean after each flip, at numbers of flips that are evenly spaced in the logarithmic picture.
  const walk = (p, q, seed) => {
    const flip = random(seed), heads = Math.log(p / q) / unit, tails = Math.log((1 - p) / (1 - q)) / unit;
    const points = [];
    let count = 0, next = 1;
    for (let n = 1; n <= FLIPS; n += 1) {
      count += flip() < p ? 1 : 0;
      if (n >= next || n === FLIPS) {
        points.push([n, (count * heads + (n - count) * tails) / n]);
        next = Math.max(n + 1, n * 1.015);
      }
    }
    return { points, count, deviation: Math.sqrt(p * (1 - p)) * Math.abs(heads - tails) };
  };

  const draw = (width, limit, run) => {
    const height = Math.round(Math.min(300, Math.max(200, width * 0.45)));
    const left = 46, right = 10, top = 14, bottom = 36;
    const values = run.points.filter(([n]) => n >= 4).map(([, y]) => y);
    const spread = run.deviation * 1.1;
    const low = Math.min(0, limit - spread, ...values), high = Math.max(0.001, limit + spread, ...values);
    const x = (n) => left + (Math.log(n) / Math.log(FLIPS)) * (width - left - right);
    const y = (v) => top + ((high - v) / (high - low)) * (height - top - bottom);
    const clipped = (v) => Math.min(height - bottom, Math.max(top, y(v))).toFixed(1);
    const at = (n, v) => `${x(n).toFixed(1)},${clipped(v)}`;
    const line = (a, b, c, d, kind) => `<line x1="${a}" y1="${b}" x2="${c}" y2="${d}" class="${kind}"/>`;
    const parts = [];
    const upper = run.points.map(([n]) => at(n, limit + (2 * run.deviation) / Math.sqrt(n)));
    const lower = run.points.map(([n]) => at(n, limit - (2 * run.deviation) / Math.sqrt(n))).reverse();
    parts.push(`<polygon class="band" points="${[...upper, ...lower].join(" ")}"/>`);
    const step = 10 ** Math.floor(Math.log10(high - low));
    const ticks = [step / 5, step / 2, step, 2 * step].find((t) => (high - low) / t <= 6);
    for (let k = Math.ceil(low / ticks); k * ticks <= high; k += 1) {
      const at = y(k * ticks).toFixed(1);
      const label = (k * ticks).toFixed(Math.max(0, 1 - Math.floor(Math.log10(ticks)))).replace("-", "\u2212");
      parts.push(line(left, at, width - right, at, "axis"));
      parts.push(`<text x="${left - 6}" y="${Number(at) + 4}" text-anchor="end">${label}</text>`);
    }
    for (let n = 1; n <= FLIPS; n *= 10) {
      const anchor = n === 1 ? "start" : n === FLIPS ? "end" : "middle";
      parts.push(line(x(n), height - bottom, x(n), height - bottom + 4, "axis"));
      parts.push(`<text x="${x(n)}" y="${height - bottom + 17}" text-anchor="${anchor}">${thousands(n)}</text>`);
    }
    parts.push(`<text x="${(width + left - right) / 2}" y="${height - 3}" text-anchor="middle">flips</text>`);
    parts.push(line(left, y(limit), width - right, y(limit), "limit"));
    parts.push(`<polyline class="path" points="${run.points.map(([n, v]) => at(n, v)).join(" ")}"/>`);
    const above = y(limit) > top + 16;
    parts.push(`<text class="limit" x="${width - right}" y="${y(limit) + (above ? -6 : 15)}" text-anchor="end">`
      + `D(P\u2016Q) = ${shown(limit)}</text>`);
    const words = `The mean log-ratio of ${FLIPS} flips, which ends at ${shown(run.points.at(-1)[1])}`;
    return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}">${parts.join("")}</svg>`;
  };

  const show = () => {
    const p = Number(field("p").value), q = Number(field("q").value);
    const seed = Math.min(999999, Math.max(1, Math.round(Number(field("seed").value)) || 1));
    const kl = divergence(p, q), entropy = cross(p, p);
    say("p", p.toFixed(2));
    say("q", q.toFixed(2));
    say("kl", shown(kl));
    say("lk", shown(divergence(q, p)));
    say("entropy", shown(entropy));
    say("cross", shown(cross(p, q)));
    say("pinsker", shown((2 * (p - q) ** 2) / unit));
    say("flips", thousands(FLIPS));
    const room = Math.max((2 * Math.LN2) / unit, entropy + kl);
    for (const [part, value, name] of [["entropy", entropy, "H(P)"], ["kl", kl, "D(P\u2016Q)"]]) {
      const bar = panel.querySelector(`[data-part="${part}"]`), share = (100 * value) / room;
      bar.style.flexBasis = `${share}%`;
      bar.textContent = share > 10 ? name : share > 3 ? name[0] : "";
    }
    const run = walk(p, q, seed), end = run.points.at(-1)[1];
    const box = panel.querySelector(".run");
    box.innerHTML = draw(Math.max(260, Math.round(box.clientWidth)), kl, run);
    say("said", `Seed ${seed}: ${thousands(run.count)} heads; the mean log-ratio is ${shown(end)}, `
      + `and the divergence is ${shown(kl)}.`);
  };

  panel.hidden = false;
  for (const name of ["p", "q", "seed"]) field(name).addEventListener("input", show);
  panel.querySelector('[data-do="again"]').addEventListener("click", () => {
    field("seed").value = (Number(field("seed").value) % 999999) + 1;
    show();
  });
  let width = panel.clientWidth;
  new ResizeObserver(() => {
    if (panel.clientWidth !== width) {
      width = panel.clientWidth;
      show();
    }
  }).observe(panel);
  show();
})();
