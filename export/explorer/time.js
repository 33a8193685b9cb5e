// Time as bars: one a month where all dates are that precise and near, else one a year.
((ag) => {
  const { data, day, count, el } = ag;

  const FEW_YEARS = 4; // up to so many, months have bars
  const LONG_TIME = 150; // years; a longer span gets bars only for the years that occur

  /** When a sentence was written, or "": its own date, else that of its document. */
  const dateOf = (ev) => data.evidence[ev].date || data.documents[data.evidence[ev].doc].date || "";

  /** The periods that some dates fall in, and how many in each; null for fewer than two periods. */
  function periods(dates) {
    const known = dates.filter((date) => /^\d{4}/.test(date));
    const years = [...new Set(known.map((date) => date.slice(0, 4)))].sort();
    const [first, last] = [Number(years[0]), Number(years[years.length - 1])];
    const monthly = last - first <= FEW_YEARS && known.every((date) => /^\d{4}-(0[1-9]|1[0-2])/.test(date));
    const steps = monthly ? everyMonth(known) : last - first < LONG_TIME ? everyYear(first, last) : years;
    if (steps.length < 2) return null;
    const counts = new Map(steps.map((step) => [step, 0]));
    for (const date of known) {
      const step = date.slice(0, monthly ? 7 : 4);
      counts.set(step, counts.get(step) + 1);
    }
    return { steps, counts };
  }

  const everyYear = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => String(first + i).padStart(4, "0"));

  function everyMonth(dates) {
    const sorted = dates.map((date) => date.slice(0, 7)).sort();
    const steps = [];
    let [year, month] = sorted[0].split("-").map(Number);
    const last = sorted[sorted.length - 1];
    for (let step = ""; step !== last;) {
      step = `${year}-${String(month).padStart(2, "0")}`;
      steps.push(step);
      [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    }
    return steps;
  }

  /** The place of a date among the steps. */
  function nearest(steps, date) {
    const place = steps.findIndex((step) => step >= date.slice(0, step.length));
    return place < 0 ? steps.length - 1 : place;
  }

  /** A bar for each period, as high as its count. */
  function bars({ steps, counts }, noun) {
    const most = Math.max(...counts.values());
    return steps.map((step) => {
      const bar = el("span", { title: `${day(step)}: ${count(counts.get(step), noun)}` });
      bar.style.setProperty("--share", counts.get(step) / most);
      return bar;
    });
  }

  /** Bars with their first and last period below, in words for those who cannot see them. */
  function timeline(dates, noun) {
    const found = periods(dates);
    if (!found) return null;
    const { steps, counts } = found;
    const said = steps.filter((step) => counts.get(step)).map((step) => `${day(step)}: ${count(counts.get(step), noun)}`);
    return el("div", { class: "timeline" },
      el("div", { class: "bars", role: "img", "aria-label": said.join(", ") }, bars(found, noun)),
      el("p", { class: "muted small" }, el("span", {}, day(steps[0])), el("span", {}, day(steps[steps.length - 1]))));
  }

  ag.time = { dateOf, periods, nearest, bars, timeline };
})(globalThis.actorgraph);
