/** Days as the browser's date fields write them, `YYYY-MM-DD`, in the reader's own time zone. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/u;

/** The day of a moment. */
export function dayField(at: number): string {
  const day = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${String(day.getFullYear()).padStart(4, "0")}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The first moment of a day; null where there is no day. */
export function momentOfDay(field: string): number | null {
  const parts = DAY.exec(field)?.slice(1).map(Number);
  const [year, month, day] = parts ?? [];
  return year === undefined || month === undefined || day === undefined
    ? null
    : new Date(year, month - 1, day).getTime();
}

/** The last moment of a day; null where there is no day. */
export function endOfDay(field: string): number | null {
  const start = momentOfDay(field);
  if (start === null) {
    return null;
  }
  // Not 24 hours later: some days have 23 or 25.
  const next = new Date(start);
  next.setDate(next.getDate() + 1);
  return next.getTime() - 1;
}
