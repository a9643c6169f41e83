// “5 minutes ago” stays true while the page is open. The server wrote it the first time.

const SHORT = 60_000;
const units = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

setInterval(refresh, SHORT);
document.addEventListener("visibilitychange", () => document.hidden || refresh());

function refresh() {
  if (document.hidden) return;
  const language = document.documentElement.lang;
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const time of document.querySelectorAll("time[title][datetime]")) {
    const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
    const [unit, size] = units.find(([, each]) => seconds >= each) ?? [];
    if (unit && seconds < 30 * 86_400) {
      time.textContent = words.format(-Math.floor(seconds / size), unit);
    }
  }
}
