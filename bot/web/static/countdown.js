// Counts deadlines down to the second. Without it the page shows what was left when it was made.

const SECOND = 1000;
const UNITS = [["jour", 86400], ["h", 3600], ["min", 60], ["s", 1]];

// The server's clock decides, whatever this machine's says.
function left(time) {
  time.dataset.ahead ??= Date.parse(time.dataset.now) - Date.now();
  return Math.trunc((Date.parse(time.dateTime) - Date.now() - Number(time.dataset.ahead)) / SECOND);
}

function inWords(seconds) {
  let rest = Math.abs(seconds);
  const parts = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count || parts.length || unit === "s") parts.push(`${count}\u00a0${unit}${unit === "jour" && count > 1 ? "s" : ""}`);
  }
  return parts.join(" ");
}

function tick() {
  for (const time of document.querySelectorAll("time[data-due]")) {
    const seconds = left(time);
    time.textContent = inWords(seconds);
    time.closest(".clock").classList.toggle("late", seconds < 0);
  }
}

tick();
setInterval(tick, SECOND);
