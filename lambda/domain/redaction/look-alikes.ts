/** Letters of other scripts that look like Latin ones, in pairs: the look-alike, then the letter. Cyrillic, Greek, Armenian, small capitals. */
const PAIRS =
  'аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwӏlАAВBЕEКKМMНHОOРPСCТTУYХXІIЅSЈJαaοoρpνvυuιiκkΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXհhոnսuօoցgɑaɡgɩiıiᴀaᴄcᴅdᴇeᴊjᴋkᴍmᴏoᴘpᴛtᴜuᴠvᴡwᴢz';

/** What is written for a plain sign by typography or another keyboard, in pairs. */
const SIGNS = '‐-‑-‒-–-—-―-−-﹘-﹣-⁃-•*·.․.。.｡.⸱.՚\'‘\'’\'ʼ\'“"”"„"«"»"⁄/∕/：:٬,،,﹕:＠@﹫@∶:';

/** First code points of the decimal digits of scripts whose digits NFKC leaves as they are; nine more follow each. */
const ZEROS = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0];

const TABLE = new Map<number, string>();
for (const pairs of [PAIRS, SIGNS]) {
  const characters = Array.from(pairs);
  for (let at = 0; at + 1 < characters.length; at += 2) TABLE.set(characters[at]?.codePointAt(0) ?? 0, characters[at + 1] ?? '');
}
for (const zero of ZEROS) for (let digit = 0; digit < 10; digit++) TABLE.set(zero + digit, String(digit));

/** The plain character that a code point looks like or stands for; undefined for none that is known. */
export function lookAlike(code: number): string | undefined {
  return TABLE.get(code);
}
