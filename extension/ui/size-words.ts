/** Sizes as people say them: "21 MB", "1.4 GB". Decimal units, as the makers of disks count. Pure: the language comes in. */

const UNITS = [
  ["gigabyte", 1_000_000_000],
  ["megabyte", 1_000_000],
  ["kilobyte", 1_000],
] as const;

export function sizeWords(bytes: number, language: string): string {
  const [unit, length] = UNITS.find(([, from]) => bytes >= from) ?? ["byte", 1];
  const value = bytes / length;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: value < 10 && unit !== "byte" ? 1 : 0,
  }).format(value);
}
