// The theme page. It knows no list of properties of its own: it reads style/tokens.css, the file that the widget is built from, so a
// new property is here as soon as it is there. What it changes is one style sheet for <warmline-chat>, and that sheet is what the
// designer copies: nothing is seen here that is not in the copy.

// Not in tokens.css, since a shop only needs them to move or resize the panel (docs/theming.md).
const PLACES = [
  ['--warmline-width', '384px', 'How wide the panel is, from 480 px on.'],
  ['--warmline-height', '680px', 'How high it is.'],
  ['--warmline-offset-inline', '20px', 'How far it stays from the side.'],
  ['--warmline-offset-block', '20px', 'How far it stays from below: clear of a cookie bar.'],
];

// What stands on what, and the contrast that it needs: 4.5 for text, 3 for the edge of a control.
const PAIRS = [
  ['Text on the accent', 'on-accent', 'accent', 4.5],
  ['Text', 'text', 'surface', 4.5],
  ['Text of the assistant', 'text', 'sunken', 4.5],
  ['Text of a person', 'text', 'person', 4.5],
  ['Text that stands back', 'soft', 'surface', 4.5],
  ['… on the assistant’s ground', 'soft', 'sunken', 4.5],
  ['Links', 'link', 'surface', 4.5],
  ['… on the assistant’s ground', 'link', 'sunken', 4.5],
  ['A person’s mark', 'person-mark', 'surface', 4.5],
  ['Text on a warning', 'text', 'warning', 4.5],
  ['What failed', 'error', 'surface', 4.5],
  ['Edges of buttons', 'edge', 'surface', 3],
];

const by = (id) => document.getElementById(id);
const make = (tag, properties, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

// ---- The list of properties ------------------------------------------------------------------

// A comment tells of the properties after it, up to the next one. Two of the file's comments tell of the file instead.
const read = (css) => {
  const tokens = new Map();
  let says = '';
  for (const [, comment, name, value] of css.matchAll(/\/\*([\s\S]*?)\*\/|(--warmline-[\w-]+)\s*:\s*([^;]+);/g)) {
    if (comment) {
      says = /^\s*(What a shop may set|Browsers without)/.test(comment) ? '' : comment.replace(/\s+/g, ' ').trim();
    } else {
      // Plain values for old browsers come first; the pair of light and dark that follows is the one to change.
      tokens.set(name, { name, value: value.trim(), says: says || tokens.get(name)?.says || '' });
    }
  }
  return [...tokens.values()];
};

const colours = (value) => {
  const pair = value.match(/^light-dark\(\s*(#\w+)\s*,\s*(#\w+)\s*\)$/);
  return pair ? [pair[1], pair[2]] : /^#(\w{3}|\w{6})$/.test(value) ? [value] : null;
};
const long = (colour) => (colour.length === 4 ? '#' + [...colour.slice(1)].map((digit) => digit + digit).join('') : colour);

// ---- Fields ----------------------------------------------------------------------------------

// Property → the value that the designer chose.
const chosen = new Map();
const tokens = new Map();

const choose = (name, value) => {
  if (value === tokens.get(name).value) chosen.delete(name);
  else chosen.set(name, value);
  show();
};

const colourField = ({ name, value, says }) => {
  const values = colours(value).map(long);
  const inputs = values.map((colour, place) => {
    const label = values.length === 2 ? `${name}, ${place ? 'dark' : 'light'}` : name;
    const input = make('input', { type: 'color', value: colour, ariaLabel: label });
    input.addEventListener('input', () => {
      const now = inputs.map((field) => field.value);
      const same = now.every((colour, place) => colour === values[place]);
      choose(name, same ? value : now.length === 2 ? `light-dark(${now.join(', ')})` : now[0]);
    });
    return input;
  });
  return make('div', { className: 'token' }, make('code', {}, name), ...inputs, make('small', {}, says));
};

const measureField = ({ name, value, says }) => {
  const [, number, unit] = value.match(/^([\d.]+)(px|ms)$/) || [];
  const input = number
    ? make('input', { type: 'number', min: 0, max: name.endsWith('motion') ? 200 : 1200, value: number, id: name })
    : make('input', { type: 'text', value, id: name });
  input.addEventListener('input', () => {
    const wanted = number ? input.value + unit : input.value.trim();
    const fits = number ? input.value !== '' && input.checkValidity() : CSS.supports('box-shadow', wanted);
    input.ariaInvalid = String(!fits);
    if (fits) choose(name, wanted);
  });
  const label = make('label', { htmlFor: name }, make('code', {}, name), number ? `, ${unit}` : '');
  return make('div', { className: 'token' }, label, input, make('small', {}, says));
};

// ---- What follows from them ------------------------------------------------------------------

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const theme = () => {
  const rules = [];
  if (chosen.size) {
    rules.push(`warmline-chat {\n${[...chosen].map(([name, value]) => `  ${name}: ${value};\n`).join('')}}`);
  }
  const size = by('font-size');
  const letters = [
    by('font-family').value && `  font-family: ${by('font-family').value};\n`,
    size.value && size.checkValidity() && `  font-size: ${size.value}px;\n`,
  ].filter(Boolean);
  if (letters.length) rules.push(`warmline-chat::part(panel) {\n${letters.join('')}}`);
  return rules.join('\n');
};

const luminance = (colour) => {
  const [red, green, blue] = [1, 3, 5].map((from) => {
    const part = parseInt(long(colour).slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
const colourOf = (name, dark) => {
  const values = colours(chosen.get(`--warmline-${name}`) ?? tokens.get(`--warmline-${name}`).value);
  return values[dark ? values.length - 1 : 0];
};

const show = () => {
  const css = theme();
  sheet.replaceSync(css);
  by('css').value = css || '/* Nothing is changed yet. */';
  let missed = 0;
  by('contrast').replaceChildren(...PAIRS.map(([what, front, ground, needed]) => {
    const cells = [false, true].map((dark) => {
      const reached = contrast(colourOf(front, dark), colourOf(ground, dark));
      const enough = reached >= needed;
      if (!enough) missed += 1;
      const cell = make('td', {}, `${(Math.floor(reached * 100) / 100).toFixed(2)} : 1${enough ? '' : ', too little'}`);
      cell.dataset.reached = enough ? 'yes' : 'no';
      return cell;
    });
    return make('tr', {}, make('th', { scope: 'row' }, what), ...cells, make('td', {}, `${needed} : 1`));
  }));
  by('verdict').dataset.reached = missed ? 'no' : 'yes';
  const says = missed ? `${missed} of ${PAIRS.length * 2} pairs are too pale to read.` : 'Every pair can be read.';
  // Said once, not at each step of a colour that is being dragged.
  if (by('verdict').textContent !== says) by('verdict').textContent = says;
};

const build = (css) => {
  for (const token of read(css)) tokens.set(token.name, token);
  for (const [name, value, says] of PLACES) if (!tokens.has(name)) tokens.set(name, { name, value, says });
  const all = [...tokens.values()];
  by('colours').replaceChildren(...all.filter((token) => colours(token.value)).map(colourField));
  by('measures').replaceChildren(...all.filter((token) => !colours(token.value)).map(measureField));
  show();
};

by('tag').value = `<script async src="${location.origin}/widget.js" data-key="pk_demo"></` + 'script>';
by('open').addEventListener('click', () => window.Warmline?.open());
by('scheme').addEventListener('change', (event) => {
  document.documentElement.dataset.scheme = event.target.value;
  window.Warmline?.setColorScheme(event.target.value);
});
for (const id of ['font-family', 'font-size']) by(id).addEventListener('input', show);
by('copy').addEventListener('click', async () => {
  const text = `${by('css').value}\n\n${by('tag').value}\n`;
  try {
    await navigator.clipboard.writeText(text);
    by('copied').textContent = 'Copied: the theme and the script tag.';
  } catch {
    by('css').select();
    by('copied').textContent = 'The browser did not allow it. The theme is selected: copy it with the keyboard.';
  }
});

const css = await (await fetch('/theme/tokens.css')).text();
by('reset').addEventListener('click', () => {
  chosen.clear();
  by('tokens').reset();
  build(css);
});
build(css);
