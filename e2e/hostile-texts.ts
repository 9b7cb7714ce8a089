/**
 * Texts that run something where a page forgets that they are texts. Each calls `alert` or sets
 * `window.__xss`; short enough for a name (80 characters), on one line.
 */
export const hostileTexts: readonly string[] = [
  // elements that run by themselves
  '<script>window.__xss=1</script>',
  '</script><script>window.__xss=2</script>',
  '<img src=x onerror=alert(3)>',
  '"><img src=x onerror=window.__xss=4>',
  "'><svg onload=alert(5)>",
  '<svg><animate onbegin=alert(6) attributeName=x dur=1s>',
  '<svg><script href="data:,window.__xss=7"/></svg>',
  '<svg/onload=window.__xss=8//',
  '<iframe srcdoc="<script>parent.__xss=9</script>">',
  '<iframe src="javascript:parent.__xss=10">',
  '<object data="javascript:alert(11)">',
  '<embed src="data:text/html,<script>alert(12)</script>">',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(13)>',
  '<details open ontoggle=alert(14)>',
  '<video><source onerror=window.__xss=15>',
  '<input autofocus onfocus=alert(16)>',
  '<body onload=alert(17)>',
  '<marquee onstart=alert(18)>',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(19)">',
  '<base href="javascript:alert(20)//">',
  '<link rel=stylesheet href="data:text/css,*{background:red}">',
  '<form><button formaction=javascript:alert(22) autofocus>x',
  // out of an attribute, a script, a comment, a title
  '" onmouseover=alert(23) autofocus onfocus=window.__xss=23 x="',
  "' autofocus onfocus=alert(24) x='",
  '`-alert(25)-`',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of somebody else
  '${alert(26)}{{constructor.constructor("window.__xss=26")()}}',
  '--><script>alert(27)</script><!--',
  '</title></textarea></style><script>window.__xss=28</script>',
  '\\"};alert(29);//',
  '\u2028alert(30)\u2029',
  ']]><script>alert(31)</script>',
  // Markdown
  '[click](javascript:window.__xss=32)',
  '![x](javascript:alert(33))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgzNCk8L3NjcmlwdD4=)',
  '<javascript:alert(35)>',
  '[x]: javascript:alert(36)',
  '[a](JaVaScRiPt&colon;alert(37)) [b](java&#x09;script:alert(37))',
  // what normalising or decoding turns into one of the above
  '＜script＞window.__xss=38＜/script＞',
  '&lt;script&gt;alert(39)&lt;/script&gt;',
  '%3Cscript%3Ealert(40)%3C/script%3E',
  '<scr\u0131pt>alert(41)</scr\u0131pt>',
  '<IMG SRC=&#106;&#97;&#118;&#97;script:alert(42)>',
];
