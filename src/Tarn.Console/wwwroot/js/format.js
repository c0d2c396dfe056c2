// Values as people read them.
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const some = new Intl.NumberFormat("en-US", { maximumFractionDigits: 3 });
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });
const timeText = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

export const isNumberType = type => /^(tinyint|smallint|int|integer|bigint|hugeint|ubigint|double|float|real|decimal)/i.test(type);

export const isTimeType = type => /^(timestamp|date)/i.test(type);

export function number(value) {
  return Number.isInteger(value) ? whole.format(value) : some.format(value);
}

// 1.2 MB, 3.4 s, 12,345: by the column's name.
export function measure(name, value) {
  if (value === null || value === undefined) return { text: "–", unit: "" };
  if (typeof value !== "number") return { text: text(value), unit: "" };
  if (/(^|_)bytes$/.test(name)) return bytes(value);
  if (/(^|_)seconds$/.test(name)) return seconds(value);
  if (/(^|_)(milliseconds|ms)$/.test(name)) return seconds(value / 1000);
  return { text: number(value), unit: "" };
}

// A column's name in words; its unit stands with the value.
export const label = name => name.replace(/_(seconds|milliseconds|ms|bytes)$/, "").replaceAll("_", " ");

export function seconds(value) {
  if (value < 1) return { text: whole.format(value * 1000), unit: "ms" };
  if (value < 60) return { text: some.format(Math.round(value * 10) / 10), unit: "s" };
  if (value < 3600) return { text: whole.format(value / 60), unit: "min" };
  return { text: some.format(Math.round(value / 360) / 10), unit: "h" };
}

export function bytes(value) {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return { text: unit === 0 ? whole.format(value) : value.toPrecision(3).replace(/\.?0+$/, m => m.includes(".") ? "" : m), unit: units[unit] };
}

export function text(value) {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "number") return number(value);
  if (typeof value === "string" && timeText.test(value)) return time(value);
  return String(value);
}

// A time in the reader's own zone; the day only when it is not today.
export function time(value) {
  const at = instant(value);
  if (Number.isNaN(at.getTime())) return value;
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? clock.format(at) : `${day.format(at)} ${clock.format(at)}`;
}

export function instant(value) {
  const iso = value.replace(" ", "T");
  return new Date(/([zZ]|[+-]\d\d:?\d\d)$/.test(iso) || iso.length <= 10 ? iso : `${iso}Z`);
}
