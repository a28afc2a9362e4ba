/** Marks that must not begin a line, and those that must not end one (GB/T 15834). */
const closing = '，。、；：？！）》】”’」』〕］｝…—％℃·';
const opening = '（《【“‘「『〔［｛';
const tokens = new RegExp(`[ \\u3000]+|[!-~]+[${closing}]*|[${opening}]*[^ \\u3000]\\p{M}*[${closing}]*`, 'gsu');

/**
 * Breaks one text into lines that fit: at line ends, between Chinese characters and between words. A word that is wider
 * than a line is broken where the line ends, so no character is lost and every line fits; spaces at a break are dropped.
 * @param widthOf the width of one character, in the unit of `width`
 */
export function breakLines(text: string, width: number, widthOf: (character: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, width, widthOf));
}

function breakParagraph(paragraph: string, width: number, widthOf: (character: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const end = () => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const [token] of paragraph.matchAll(tokens)) {
    const characters = [...token];
    const needed = characters.reduce((sum, character) => sum + widthOf(character), 0);
    const isSpace = token.trim() === '';
    if (used + needed > width && !isSpace && line !== '') end();
    if (isSpace && line === '' && lines.length > 0) continue;
    for (const character of characters) {
      if (used + widthOf(character) > width && !isSpace && line !== '') end();
      line += character;
      used += widthOf(character);
    }
  }
  end();
  return lines;
}
