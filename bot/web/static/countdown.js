// Counts deadlines down, to the second or to the day. Without it the page shows what was left when it was made.

const SECOND = 1000;
const DAY = 86400;
const UNITS = [["jour", DAY], ["h", 3600], ["min", 60], ["s", 1]];
// Swedish writes dates as ISO does.
const TODAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" });

// The server's clock decides, whatever this machine's says.
function now(time) {
  time.dataset.ahead ??= Date.parse(time.dataset.now) - Date.now();
  return Date.now() + Number(time.dataset.ahead);
}

function left(time) {
  return Math.trunc((Date.parse(time.dateTime) - now(time)) / SECOND);
}

function counted(count, unit) {
  return `${count}\u00a0${unit}${unit === "jour" && count > 1 ? "s" : ""}`;
}

function inWords(seconds) {
  let rest = Math.abs(seconds);
  const parts = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count || parts.length || unit === "s") parts.push(counted(count, unit));
  }
  return parts.join(" ");
}

// A period in days ends with its last day, whatever the hour.
function inDays(time) {
  const today = TODAY.format(now(time));
  const days = Math.abs(Date.parse(time.dataset.days) - Date.parse(today)) / SECOND / DAY;
  return days ? counted(days, "jour") : "moins d'un jour";
}

function tick() {
  for (const time of document.querySelectorAll("time[data-due]")) {
    const seconds = left(time);
    time.textContent = time.dataset.days ? inDays(time) : inWords(seconds);
    time.closest(".clock").classList.toggle("late", seconds < 0);
  }
}

tick();
setInterval(tick, SECOND);
