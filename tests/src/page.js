// What the harness asks a page. Sent with each question, since a page that is loaded anew has forgotten it.
const chat = () => document.querySelector('warmline-chat')?.shadowRoot;
const clean = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
// Styles write some words large; a shopper reads the same.
const tells = (el, words) => clean(el.innerText).toLowerCase().includes(words.toLowerCase());
const shown = (el) => {
  const { width, height } = el.getBoundingClientRect();
  return width > 0 && height > 0 && el.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false });
};
const ROLES = {
  BUTTON: 'button', TEXTAREA: 'textbox', H1: 'heading', H2: 'heading', H3: 'heading', SELECT: 'combobox', UL: 'list', OL: 'list', LI: 'listitem',
  MAIN: 'main', DIALOG: 'dialog', ARTICLE: 'article', SUMMARY: 'button', FIELDSET: 'group', HEADER: 'banner', SEARCH: 'search',
};
const roleOf = (el) => {
  const said = el.getAttribute('role');
  if (said) return said;
  if (el.tagName === 'A') return el.hasAttribute('href') ? 'link' : '';
  if (el.tagName === 'SECTION') return el.hasAttribute('aria-label') || el.hasAttribute('aria-labelledby') ? 'region' : '';
  if (el.tagName === 'INPUT') {
    return { radio: 'radio', checkbox: 'checkbox', button: 'button', submit: 'button', number: 'spinbutton', search: 'searchbox' }[el.type] ?? 'textbox';
  }
  return ROLES[el.tagName] ?? '';
};
const words = (el) => clean([...el.childNodes].map((node) => {
  if (node.nodeType === 3) return node.data;
  if (node.nodeType !== 1 || node.getAttribute('aria-hidden') === 'true' || node.hidden) return '';
  return node.getAttribute('aria-label') ?? words(node);
}).join(' '));
const nameOf = (el) => {
  const by = el.getAttribute('aria-labelledby');
  const root = el.getRootNode();
  if (by) return clean(by.split(/\s+/).map((id) => root.getElementById(id)?.textContent).join(' '));
  if (el.hasAttribute('aria-label')) return clean(el.getAttribute('aria-label'));
  if (el.labels?.length) return clean([...el.labels].map(words).join(' '));
  return words(el) || clean(el.getAttribute('title') ?? el.getAttribute('placeholder'));
};
const says = (found, wanted, loosely) => (loosely ? found.includes(wanted) : found === wanted);
const all = ({ scope, by, value, name, loosely, hidden }) => {
  const root = scope === 'chat' ? chat() : document;
  if (!root) return [];
  let found;
  if (by === 'part') found = [...root.querySelectorAll(`[part~="${value}"]`)];
  else if (by === 'css') found = [...root.querySelectorAll(value)];
  else if (by === 'role') found = [...root.querySelectorAll('*')].filter((el) => roleOf(el) === value && says(nameOf(el), name, loosely));
  else {
    found = [...root.querySelectorAll('*')].filter((el) => clean(el.textContent).includes(value));
    found = found.filter((el) => !found.some((other) => other !== el && el.contains(other)));
  }
  if (name != null && by !== 'role') found = found.filter((el) => clean(el.textContent).includes(name));
  return hidden ? found : found.filter(shown);
};

// Whether a shopper sees the way to a person, can read it and hit it: '' when so, else why not.
const light = (channels) => channels.slice(0, 3).map((v) => v / 255)
  .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
const above = (el) => el.parentElement ?? el.getRootNode().host;
const whyNot = (el, label) => {
  const { left, top, right, bottom, width, height } = el.getBoundingClientRect();
  if (width < 43.5 || height < 43.5) return `it is too small: ${width} × ${height}`;
  if (left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5) return `it is out of the window: ${[left, top, right, bottom]}`;
  for (const share of [0.25, 0.5, 0.75]) {
    const hit = el.getRootNode().elementFromPoint(left + width * share, top + height / 2);
    if (!hit || !el.contains(hit)) return `something lies over it: ${hit?.outerHTML?.slice(0, 200)}`;
  }
  if (nameOf(el) !== label) return `its label is “${nameOf(el)}”`;
  const style = getComputedStyle(el.firstElementChild ?? el);
  if (parseFloat(style.fontSize) < 12) return `its words are ${style.fontSize} high`;
  let paper = el;
  while (paper && (channels(getComputedStyle(paper).backgroundColor)[3] ?? 1) === 0) paper = above(paper);
  if (paper) {
    const [a, b] = [light(channels(style.color)), light(channels(getComputedStyle(paper).backgroundColor))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) return `its contrast is ${contrast.toFixed(2)}`;
  }
  return '';
};
const whyNoPersonIsInSight = (label) => {
  const found = all({ scope: 'chat', by: 'part', value: 'talk-to-person' });
  if (!found.length) return 'nothing of that part is shown';
  const faults = found.map((el) => whyNot(el, label));
  return faults.includes('') ? '' : faults.join('; ');
};
