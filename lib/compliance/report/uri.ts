/** A file's path as a relative URI reference (RFC 3986): every character that means something, or is no ASCII, escaped. */
export function fileUri(file: string): string {
  const segments = file.toWellFormed().split(/[\\/]/).filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return segments.map(encodeSegment).join('/') || 'template.json';
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
