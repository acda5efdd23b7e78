const parse = (text) => {
  const parts = text.match(/[\d.]+/g).map(Number);
  const scale = text.startsWith("color(") ? 255 : 1;
  const [red, green, blue] = parts.slice(0, 3).map((part) => part * scale);
  return [red, green, blue, parts.length > 3 ? parts[3] : 1];
};
const over = (top, below) => {
  const mix = (index) => top[index] * top[3] + below[index] * (1 - top[3]);
  return [mix(0), mix(1), mix(2), 1];
};
const luminance = (colour) => {
  const part = (value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2]);
};
const behind = (element) => {
  const layers = [];
  for (let one = element; one; one = one.parentElement) {
    layers.push(parse(getComputedStyle(one).backgroundColor));
    if (layers.at(-1)[3] === 1 || one.tagName === "DIALOG") break;
  }
  return layers.reduceRight((below, top) => over(top, below), [255, 255, 255, 1]);
};
const ratio = (front, back) => {
  const [high, low] = [luminance(over(front, back)), luminance(back)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};
const low = [];
let measured = 0;
let lowest = Infinity;
const hold = (element, style, limit, what) => {
  const found = ratio(parse(style), behind(element));
  measured += 1;
  lowest = Math.min(lowest, found);
  if (found < limit) low.push(`${found.toFixed(2)}: ${what} ${element.outerHTML.slice(0, 90)}`);
};
for (const element of document.querySelectorAll("body, body *")) {
  if (element.closest("script, .skip") || !element.checkVisibility()) continue;
  const style = getComputedStyle(element);
  const own = [...element.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.data.trim(),
  );
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (own || element.matches("input[type=search], select")) {
    hold(element, style.color, large ? 3 : 4.5, "text");
  }
  const before = getComputedStyle(element, "::before");
  if (before.content.includes("counter")) hold(element, before.color, 4.5, "number");
  if (element.matches("input[type=search], select, button")) {
    const around = element.parentElement;
    const border = ratio(parse(style.borderTopColor), behind(around));
    if (border < 3) low.push(`${border.toFixed(2)}: border ${element.outerHTML.slice(0, 90)}`);
  }
}
return { low, measured, lowest: Math.round(lowest * 100) / 100 };
