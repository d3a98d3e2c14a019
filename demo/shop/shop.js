// The demo shop's own script: languages, colours, search, bag and account, and how they speak to the
// chat. It stands for what a merchant's page does anyway; the chat itself needs only its script tag.
'use strict';

// The stub: calls made before the chat's loader is here wait in a queue.
window.Warmline = window.Warmline || function () { (Warmline.q = Warmline.q || []).push(arguments); };

// English stands in the page itself; the last of five is English for words that only the script says.
const languages = ['de', 'es', 'ar', 'ja', 'en'];
const words = {
  title: ['Juniper & Lane: Kleidung und Dinge fürs Zuhause', 'Juniper & Lane: ropa y cosas para la casa', 'Juniper & Lane: ملابس وأشياء للبيت', 'Juniper & Lane:服と暮らしの道具', 'Juniper & Lane: clothes and things for the home'],
  skip: ['Zum Inhalt', 'Ir al contenido', 'انتقل إلى المحتوى', '本文へ'],
  demoLabel: ['Über diese Demo', 'Sobre esta demo', 'عن هذا العرض', 'このデモについて'],
  demoTitle: ['Das ist ein Demo-Shop: so probierst du ihn aus', 'Esta es una tienda de demostración: cómo probarla', 'هذا متجر تجريبي: كيف تجرّبه', 'これはデモショップです。試し方はこちら'],
  demoAsk: ['Frag hier etwas, wie es eine Kundin täte, und bitte um einen Menschen.', 'Pregunta algo aquí, como haría un cliente, y pide hablar con una persona.', 'اسأل هنا كما يسأل أي زبون، ثم اطلب التحدث إلى شخص.', 'お客さまとしてここで質問し、担当者を呼んでみてください。'],
  demoAnswer: ['Antworte als dieser Mensch, in einem zweiten Fenster:', 'Responde como esa persona, en otra ventana:', 'أجب بصفتك ذلك الشخص في نافذة أخرى:', '別のウィンドウで、担当者として答えます:'],
  demoConsole: ['die Konsole', 'la consola', 'لوحة الردود', 'コンソール'],
  demoLook: ['Gib dem Chat das Aussehen deines Shops:', 'Dale al chat el aspecto de tu tienda:', 'اجعل شكل المحادثة يناسب متجرك:', 'チャットをお店の見た目に合わせます:'],
  demoTheme: ['das Themenstudio', 'el estudio de temas', 'استوديو المظهر', 'テーマスタジオ'],
  newTab: ['(neuer Tab)', '(pestaña nueva)', '(علامة تبويب جديدة)', '(新しいタブ)'],
  cities: ['Bristol und Leipzig', 'Bristol y Leipzig', 'بريستول ولايبزيغ', 'ブリストルとライプツィヒ'],
  language: ['Sprache', 'Idioma', 'اللغة', '言語'],
  colours: ['Farben', 'Colores', 'الألوان', '配色'],
  light: ['Hell', 'Claro', 'فاتح', 'ライト'],
  auto: ['Wie mein Gerät', 'Como mi dispositivo', 'مثل جهازي', '端末に合わせる'],
  dark: ['Dunkel', 'Oscuro', 'داكن', 'ダーク'],
  shopNav: ['Shop', 'Tienda', 'المتجر', 'ショップ'],
  clothes: ['Kleidung', 'Ropa', 'ملابس', '服'],
  home: ['Fürs Zuhause', 'Para la casa', 'للبيت', '暮らし'],
  sale: ['Angebote', 'Ofertas', 'تخفيضات', 'セール'],
  help: ['Hilfe', 'Ayuda', 'مساعدة', 'ヘルプ'],
  search: ['Im Shop suchen', 'Buscar en la tienda', 'ابحث في المتجر', '商品をさがす'],
  account: ['Konto', 'Cuenta', 'الحساب', 'アカウント'],
  bag: ['Tasche', 'Bolsa', 'السلة', 'バッグ'],
  heroTitle: ['Trag es ein.\nBehalt es jahrelang.', 'Hazlo tuyo.\nQue dure años.', 'البسه حتى يصير لك،\nواحتفظ به سنين.', '着て、なじませて、\n長くそばに。'],
  heroText: ['Kleidung und Dinge fürs Zuhause, aus kleinen Werkstätten. Zwei Läden, in Bristol und Leipzig, und eine Gasse dazwischen.', 'Ropa y cosas para la casa, de talleres pequeños. Dos tiendas, en Bristol y en Leipzig, y una callejuela entre las dos.', 'ملابس وأشياء للبيت من ورش صغيرة. متجران في بريستول ولايبزيغ، وبينهما زقاق واحد.', '小さな工房の服と暮らしの道具。ブリストルとライプツィヒ、二つの店を一本の小道がつなぎます。'],
  heroClothes: ['Kleidung ansehen', 'Ver la ropa', 'شاهد الملابس', '服を見る'],
  heroHome: ['Dinge fürs Zuhause', 'Cosas para la casa', 'أشياء للبيت', '暮らしの道具を見る'],
  streetAlt: ['Eine Gasse zwischen bunten Häusern in Bristol und hohen Häusern in Leipzig; an der Wäscheleine Pullover, Decke und Stofftasche.', 'Una callejuela entre casas de colores de Bristol y casas altas de Leipzig; en el tendedero, un jersey, una manta y una bolsa.', 'زقاق بين بيوت بريستول الملوّنة وبيوت لايبزيغ العالية، وعلى حبل الغسيل كنزة وبطانية وحقيبة قماش.', 'ブリストルの色とりどりの家とライプツィヒの高い家の間の小道。物干しにセーター、ブランケット、トートバッグ。'],
  clothesLead: ['Geschnitten für viele Jahre, leicht zu flicken.', 'Hecha para durar años y fácil de arreglar.', 'مفصّلة لتدوم سنين، وسهلة الإصلاح.', '何年も着られて、直しやすい仕立て。'],
  homeLead: ['Jeden Tag nützlich und schön anzusehen.', 'Útiles cada día y bonitas de ver.', 'نافعة كل يوم، وجميلة للنظر.', '毎日役に立ち、見て心地よいもの。'],
  jacket: ['Jacke Lane', 'Chaqueta Lane', 'سترة لين', 'レーン ジャケット'],
  jacketAbout: ['Gewachste Baumwolle, Kragen aus Cord', 'Algodón encerado, cuello de pana', 'قطن مشمّع وياقة مخملية مضلّعة', 'ワックスドコットン、コーデュロイの襟'],
  jacketAlt: ['Eine moosgrüne Jacke mit drei Taschen und braunem Cordkragen', 'Una chaqueta verde musgo con tres bolsillos y cuello de pana marrón', 'سترة خضراء بثلاثة جيوب وياقة بنية مضلّعة', '茶色のコーデュロイ襟と三つのポケットが付いた苔色のジャケット'],
  jumper: ['Pullover Harbour', 'Jersey Harbour', 'كنزة هاربر', 'ハーバー セーター'],
  jumperAbout: ['Lammwolle, in einem Stück gestrickt', 'Lana de cordero, tejido en una pieza', 'صوف حملان محبوك قطعة واحدة', 'ラムズウール、一体編み'],
  jumperAlt: ['Ein senfgelber Pullover mit blauem Zickzack über der Brust', 'Un jersey mostaza con un zigzag azul en el pecho', 'كنزة بلون الخردل وعلى صدرها خط أزرق متعرّج', '胸に青いジグザグ模様のある辛子色のセーター'],
  boots: ['Stiefel Dock', 'Botas Dock', 'جزمة دوك', 'ドック ブーツ'],
  bootsAbout: ['Leder, neu besohlbar', 'Piel, se les puede cambiar la suela', 'جلد، ويمكن تبديل نعلها', '本革、靴底の張り替え可'],
  bootsAlt: ['Ein Paar braune Stiefeletten mit blauem Gummizug', 'Un par de botines marrones con elásticos azules', 'جزمة بنية قصيرة بجانبين مطاطيين أزرقين', '脇に青いゴムが付いた茶色のショートブーツ'],
  tote: ['Markttasche', 'Bolsa de mercado', 'حقيبة السوق', 'マーケット トート'],
  toteAbout: ['Feste Baumwolle, von Hand bedruckt', 'Algodón grueso, estampada a mano', 'قطن متين مطبوع يدويًا', '厚手のコットン、手刷り'],
  toteAlt: ['Eine cremefarbene Tasche mit einem Wacholderzweig darauf', 'Una bolsa color crema con una rama de enebro estampada', 'حقيبة قماش عاجية عليها غصن عرعر', 'ジュニパーの枝をあしらった生成りのトート'],
  lamp: ['Leselampe', 'Lámpara de lectura', 'مصباح القراءة', '読書ランプ'],
  lampAbout: ['Messing, Schirm aus Leinen', 'Latón, pantalla de lino', 'نحاس ومظلّة من الكتان', '真鍮、リネンのシェード'],
  lampAlt: ['Eine leuchtende Tischlampe aus Messing mit hellem Schirm', 'Una lámpara de latón encendida, con pantalla clara', 'مصباح نحاسي مضاء بمظلّة فاتحة', '明かりのともった真鍮のランプ'],
  mug: ['Becher Plagwitz', 'Taza Plagwitz', 'كوب بلاغفيتس', 'プラークヴィッツ マグ'],
  mugAbout: ['Steinzeug, groß genug für richtigen Tee', 'Gres, para un té de verdad', 'خزف حجري يتّسع لشاي حقيقي', 'ストーンウェア、たっぷりの紅茶に'],
  mugAlt: ['Ein dampfender Becher in Petrol und Weiß', 'Una taza humeante, verde azulada y blanca', 'كوب أزرق مخضرّ وأبيض يتصاعد منه البخار', '湯気の立つ青緑と白のマグ'],
  blanket: ['Decke Severn', 'Manta Severn', 'بطانية سيفرن', 'セヴァーン ブランケット'],
  blanketAbout: ['Wolle, in breiten Streifen gewebt', 'Lana, tejida en franjas anchas', 'صوف منسوج بخطوط عريضة', 'ウール、太い縞の織り'],
  blanketAlt: ['Eine gestreifte Decke auf einem Stapel blauer Decken', 'Una manta de rayas sobre un montón de mantas azules', 'بطانية مخطّطة فوق كومة بطانيات زرقاء', '青いブランケットの山に掛けた縞のブランケット'],
  pot: ['Blumentopf Auwald', 'Maceta Auwald', 'أصيص آوفالد', 'アウヴァルト 植木鉢'],
  potAbout: ['Terrakotta, mit Untersetzer', 'Terracota, con su plato', 'طين محروق مع صحنه', 'テラコッタ、受け皿付き'],
  potAlt: ['Ein Terrakottatopf mit einer Blattpflanze', 'Una maceta de terracota con una planta', 'أصيص من الطين المحروق فيه نبتة', '葉の茂る植物を植えたテラコッタの鉢'],
  was: ['vorher:', 'antes:', 'قبل التخفيض:', '以前の価格:'],
  saleFlag: ['Wollwoche', 'Semana de la lana', 'أسبوع الصوف', 'ウール週間'],
  add: ['In die Tasche', 'A la bolsa', 'أضف إلى السلة', 'バッグに入れる'],
  saleTitle: ['Wollwoche: ein Fünftel günstiger', 'Semana de la lana: un 20 % menos', 'أسبوع الصوف: خصم الخُمس', 'ウール週間:2割引'],
  saleText: ['Pullover und Decke kosten weniger, solange wir sie haben.', 'El jersey y la manta cuestan menos mientras nos queden.', 'الكنزة والبطانية بسعر أقل ما دامتا متوفرتين.', 'セーターとブランケットが、なくなるまでお求めやすく。'],
  helpTitle: ['Frag uns', 'Pregúntanos', 'اسألنا', 'お気軽にどうぞ'],
  helpText: ['Unser Assistent beantwortet die üblichen Fragen sofort und zeigt, woher er die Antwort hat. Zu einem Menschen ist es immer nur ein Klick.', 'Nuestro asistente responde al momento a lo habitual y muestra de dónde sale la respuesta. Una persona está siempre a un toque.', 'مساعدنا الآلي يجيب فورًا عن الأسئلة المعتادة ويُظهر مصدر إجابته، والوصول إلى شخص لا يحتاج إلا لمسة واحدة، دائمًا.', 'よくある質問にはAIアシスタントがすぐに、根拠を示して答えます。担当者にもいつでもワンタップでつながります。'],
  person: ['Mit einem Menschen sprechen', 'Hablar con una persona', 'تحدّث إلى شخص', '担当者と話す'],
  ask: ['Etwas fragen', 'Hacer una pregunta', 'اطرح سؤالًا', '質問する'],
  delivery: ['Lieferung', 'Envíos', 'التوصيل', '配送'],
  deliveryText: ['Wir verschicken aus Bristol und Leipzig. Wie lange es dauert, hängt von Ort und Bestellung ab; frag uns, wir nennen den Tag.', 'Enviamos desde Bristol y Leipzig. El plazo depende de dónde estés y de lo que pidas; pregúntanos y te decimos el día.', 'نشحن من بريستول ولايبزيغ. المدة تختلف بحسب مكانك وطلبك؛ اسألنا نخبرك باليوم.', 'ブリストルとライプツィヒから発送します。日数は届け先と商品によります。お尋ねいただければ日付をお伝えします。'],
  returns: ['Rückgabe und Umtausch', 'Devoluciones y cambios', 'الإرجاع والاستبدال', '返品と交換'],
  returnsText: ['Anders überlegt, oder es passt nicht? Wie lange du Zeit hast, hängt vom Land ab. Frag uns, wir nennen dir deine Frist.', '¿Has cambiado de idea o no te queda bien? El plazo depende de tu país. Pregúntanos y te decimos el tuyo.', 'غيّرت رأيك أو المقاس لا يناسبك؟ المهلة تختلف بحسب بلدك. اسألنا نخبرك بمهلتك.', '気が変わった、サイズが合わない。期限は国によって違います。お尋ねいただければお伝えします。'],
  sizes: ['Größen', 'Tallas', 'المقاسات', 'サイズ'],
  sizesText: ['Sag uns, was du jetzt trägst und wie es sitzen soll. Wir helfen dir, zwischen zwei Größen zu wählen.', 'Dinos qué talla usas y cómo te gusta que quede. Te ayudamos a elegir entre dos tallas.', 'أخبرنا بمقاسك الحالي وكيف تحب أن تكون القطعة، نساعدك على الاختيار بين مقاسين.', '今のサイズとお好みの着心地を教えてください。迷う二つのサイズから一緒に選びます。'],
  care: ['Pflege und Reparatur', 'Cuidados y arreglos', 'العناية والإصلاح', 'お手入れと修理'],
  careText: ['Wolle, Wachs, Leder und Steinzeug wollen je etwas anderes. Frag vor dem Waschen, und frag, wenn etwas gerissen ist.', 'La lana, la cera, la piel y el gres piden cosas distintas. Pregunta antes de lavar, y también si algo se ha roto.', 'للصوف والشمع والجلد والخزف عناية مختلفة. اسأل قبل الغسل، واسأل إذا تمزّق شيء.', 'ウール、ワックス、革、陶器、手入れはそれぞれ違います。洗う前にも、破れたときにも、お尋ねください。'],
  footText: ['Ein kleiner Laden für Kleidung und Dinge fürs Zuhause, in Bristol und Leipzig.', 'Una tienda pequeña de ropa y cosas para la casa, en Bristol y Leipzig.', 'متجر صغير للملابس وأشياء البيت، في بريستول ولايبزيغ.', '服と暮らしの道具の小さな店。ブリストルとライプツィヒ。'],
  talkPage: ['Chat auf eigener Seite', 'Chat en una página aparte', 'المحادثة في صفحة مستقلة', 'チャットを別ページで開く'],
  footDemo: ['Juniper & Lane ist erfunden, um Warmline bei der Arbeit zu zeigen. Hier wird nichts verkauft.', 'Juniper & Lane es inventada, para mostrar Warmline en acción. Aquí no se vende nada.', 'متجر Juniper & Lane متخيَّل لعرض Warmline أثناء العمل. لا شيء للبيع هنا.', 'Juniper & LaneはWarmlineを紹介するための架空の店です。販売はしていません。'],
  close: ['Schließen', 'Cerrar', 'إغلاق', '閉じる'],
  accountTitle: ['Dein Konto', 'Tu cuenta', 'حسابك', 'アカウント'],
  signInText: ['Wenn du angemeldet bist, können wir deine Bestellungen nachsehen.', 'Con la sesión iniciada podemos consultar tus pedidos.', 'بعد تسجيل الدخول نستطيع أن نراجع طلباتك.', 'ログインすると、ご注文を確認できます。'],
  signIn: ['Als Mia Hart anmelden (Demo)', 'Entrar como Mia Hart (demo)', 'الدخول باسم Mia Hart (تجريبي)', 'Mia Hartとしてログイン(デモ)'],
  signedIn: ['Du bist als Mia Hart angemeldet. Frag uns nach deinen Bestellungen.', 'Has entrado como Mia Hart. Pregúntanos por tus pedidos.', 'أنت مسجّل باسم Mia Hart. اسألنا عن طلباتك.', 'Mia Hartとしてログイン中です。ご注文についてお尋ねください。'],
  signOut: ['Abmelden', 'Salir', 'تسجيل الخروج', 'ログアウト'],
  bagTitle: ['Deine Tasche', 'Tu bolsa', 'سلّتك', 'バッグの中身'],
  // What only the script says.
  added: ['In der Tasche', 'En la bolsa', 'في السلة', '入れました', 'In the bag'],
  remove: ['Entfernen', 'Quitar', 'إزالة', '削除', 'Remove'],
  total: ['Zusammen', 'Total', 'المجموع', '合計', 'Total'],
  bagEmpty: ['Noch ist nichts darin.', 'Todavía está vacía.', 'ما زالت فارغة.', 'まだ何も入っていません。', 'There is nothing in it yet.'],
  found: ['Treffer', 'Resultados', 'النتائج', '見つかった商品', 'Found'],
  foundNone: ['Unter diesem Wort haben wir nichts. Frag uns, vielleicht heißt es bei uns anders.', 'No tenemos nada con esa palabra. Pregúntanos: quizá lo llamamos de otra manera.', 'لا شيء عندنا بهذه الكلمة. اسألنا، فربما نسمّيه باسم آخر.', 'その言葉では見つかりません。別の名前かもしれません。お尋ねください。', 'We have nothing by that word. Ask us; we may call it something else.'],
  signInFailed: ['Die Anmeldung kam nicht durch: Der Shop hat nicht geantwortet. Versuch es noch einmal.', 'No se ha podido entrar: la tienda no ha respondido. Vuelve a intentarlo.', 'لم يتم الدخول: المتجر لم يُجب. حاول مرة أخرى.', 'ログインできませんでした。ショップから応答がありません。もう一度お試しください。', 'Signing in did not work: the shop did not answer. Try once more.'],
};

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const all = (selector) => document.querySelectorAll(selector);

// A browser may refuse storage altogether; the shop then forgets a choice, and works.
const remember = {
  get(name) { try { return localStorage.getItem(`juniper-${name}`); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(`juniper-${name}`, value); } catch { /* forgotten */ } },
};

// ---- Words -----------------------------------------------------------------------------------
const english = new Map();
let locale = 'en';
const text = (key) => words[key]?.[languages.indexOf(locale)] ?? english.get(key) ?? '';

function firstLocale() {
  const asked = [new URLSearchParams(location.search).get('lang'), remember.get('locale'), ...navigator.languages];
  return asked.map((tag) => (tag ?? '').slice(0, 2).toLowerCase()).find((tag) => languages.includes(tag)) ?? 'en';
}

// Every translatable place of the page, with a way to read and to write it.
function places() {
  const found = [];
  for (const node of all('[data-t]')) found.push([node.dataset.t, () => node.textContent, (value) => { node.textContent = value; }]);
  for (const [data, name] of [['tAlt', 'alt'], ['tLabel', 'aria-label'], ['tPlaceholder', 'placeholder']]) {
    for (const node of all(`[data-t-${data.slice(1).toLowerCase()}]`)) {
      found.push([node.dataset[data], () => node.getAttribute(name), (value) => node.setAttribute(name, value)]);
    }
  }
  return found;
}

function showLocale(code) {
  locale = code;
  root.lang = code;
  root.dir = code === 'ar' ? 'rtl' : 'ltr';
  document.title = text('title');
  for (const [key, , write] of places()) write(text(key));
  for (const node of all('[data-eur]')) node.textContent = money(price(node));
  byId('language').value = code;
  showBag();
  showFound();
  showAccount();
  window.Warmline('setLocale', code);
}

const price = (node) => Number(locale === 'en' ? node.dataset.gbp : node.dataset.eur);
const money = (amount) => new Intl.NumberFormat(locale, { style: 'currency', currency: locale === 'en' ? 'GBP' : 'EUR' }).format(amount);

// ---- Light and dark --------------------------------------------------------------------------
function showScheme(scheme) {
  if (scheme === 'auto') delete root.dataset.scheme; else root.dataset.scheme = scheme;
  for (const radio of all('[name=scheme]')) radio.checked = radio.value === scheme;
  window.Warmline('setColorScheme', scheme);
}

// ---- Search ----------------------------------------------------------------------------------
const plain = (value) => value.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase(locale);

function showFound() {
  const wanted = plain(byId('search').q.value.trim());
  let shown = 0;
  for (const section of all('.products')) {
    let here = 0;
    for (const item of section.querySelectorAll('[data-product]')) {
      const about = text(item.id) + ' ' + text(`${item.id}About`) + ' ' + text(`${item.id}Alt`);
      item.hidden = !plain(about).includes(wanted);
      if (!item.hidden) here += 1;
    }
    section.hidden = here === 0;
    shown += here;
  }
  const said = shown ? `${text('found')}: ${shown}` : text('foundNone');
  byId('found').textContent = wanted ? said : '';
}

// ---- Bag -------------------------------------------------------------------------------------
const bag = new Map();

function make(tag, className, content) {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = content;
  return node;
}

function bagLine([id, count]) {
  const line = document.createElement('li');
  const name = make('span', '', `${text(id)} × ${count}`);
  name.id = `bag-${id}`;
  const remove = make('button', 'link', text('remove'));
  remove.type = 'button';
  remove.id = `remove-${id}`;
  remove.setAttribute('aria-labelledby', `remove-${id} bag-${id}`);
  remove.addEventListener('click', () => {
    bag.delete(id);
    showBag();
    byId('bag').querySelector('button').focus();
  });
  line.append(name, make('span', '', money(count * price(byId(id).querySelector('[data-eur]')))), remove);
  return line;
}

function showBag() {
  const lines = [...bag];
  const sum = lines.reduce((total, [id, count]) => total + count * price(byId(id).querySelector('[data-eur]')), 0);
  byId('bag-count').textContent = lines.reduce((total, [, count]) => total + count, 0);
  byId('bag-lines').replaceChildren(...lines.map(bagLine));
  byId('bag-total').textContent = lines.length ? `${text('total')}: ${money(sum)}` : text('bagEmpty');
}

function addToBag(button) {
  const id = button.dataset.add;
  bag.set(id, (bag.get(id) ?? 0) + 1);
  showBag();
  byId('said').textContent = `${text(id)}: ${text('added')} (${bag.get(id)})`;
  button.textContent = text('added');
  setTimeout(() => { button.textContent = text('add'); }, 1600);
}

// ---- Account ---------------------------------------------------------------------------------
let signedIn = false;

function showAccount(problem = '') {
  byId('signed-in').hidden = !signedIn;
  byId('signed-out').hidden = signedIn;
  byId('account-label').textContent = signedIn ? 'Mia Hart' : text('account');
  byId('account-status').textContent = problem;
}

// The shop's server signs who is there, afresh for each page; the page never keeps the signed word.
async function signIn() {
  try {
    const answer = await fetch('/demo/identity', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sub: 'shopper-1' }),
    });
    if (!answer.ok) throw new Error(`identity: ${answer.status}`);
    const { identity } = await answer.json();
    window.Warmline('identify', { identity });
    signedIn = true;
    remember.set('signed-in', 'yes');
    showAccount();
  } catch {
    showAccount(text('signInFailed'));
  }
}

function signOut() {
  signedIn = false;
  remember.set('signed-in', 'no');
  window.Warmline('reset');
  showAccount();
}

// ---- The way to the chat ---------------------------------------------------------------------
// The links lead to the hosted page by themselves. With the chat here they open it instead; when
// its loader has been blocked, the call stays in the stub's queue, and the link is followed after all.
function openChat(event) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const link = event.currentTarget;
  window.Warmline(link.dataset.warmline);
  setTimeout(() => { if (typeof window.Warmline.open !== 'function') location.assign(link.href); }, 1500);
}

function openTarget() {
  const target = location.hash && byId(location.hash.slice(1));
  if (target?.localName === 'details') target.open = true;
}

// ---- Start -----------------------------------------------------------------------------------
for (const [key, read] of places()) english.set(key, read());
byId('demo-note').hidden = !/^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname);

byId('language').addEventListener('change', (event) => {
  remember.set('locale', event.target.value);
  showLocale(event.target.value);
});
for (const radio of all('[name=scheme]')) {
  radio.addEventListener('change', () => {
    remember.set('scheme', radio.value);
    showScheme(radio.value);
  });
}
byId('search').addEventListener('input', showFound);
byId('search').addEventListener('submit', (event) => {
  event.preventDefault();
  byId('found').scrollIntoView({ block: 'start' });
});
for (const button of all('[data-add]')) button.addEventListener('click', () => addToBag(button));
byId('sign-in').addEventListener('click', async () => {
  await signIn();
  if (signedIn) byId('sign-out').focus();
});
byId('sign-out').addEventListener('click', () => {
  signOut();
  byId('sign-in').focus();
});
// On a wide page a sheet hangs under the header, wherever that stands just now.
for (const sheet of all('.sheet')) {
  sheet.addEventListener('beforetoggle', () => {
    const wide = matchMedia('(min-width: 48rem)').matches;
    sheet.style.top = wide ? `${Math.max(8, document.querySelector('header').getBoundingClientRect().bottom + 8)}px` : '';
  });
}
for (const link of all('[data-warmline]')) link.addEventListener('click', openChat);
addEventListener('hashchange', openTarget);

showLocale(firstLocale());
const scheme = remember.get('scheme');
if (scheme === 'light' || scheme === 'dark') showScheme(scheme);
if (remember.get('signed-in') === 'yes') signIn();
openTarget();
