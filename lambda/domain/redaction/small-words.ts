const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s/));

/** What may stand between a label and its value. */
export const CONNECTORS = list(
  "is are was were be will would should it its it's that's that this these those here goes reads says set to as at on in with for from of the a an my our your his her number numbers no nr no. nr. # : = - – -> => code digits ones ends ending ended back front account file card phone mobile credit debit bank please currently now just really i i'm think believe social security ist sind war lautet lauten heißt meine mein meiner meinem der die das den dem von es sie auf zu bei für nummer und also eh uh um est es el la le yes sure ok okay so they're theyre",
);

/** What an answer may begin with before its value. */
export const FILLERS = list(
  "yes yeah yep yup sure ok okay of course certainly hi hello hey well oh uh um er ah hmm so it is was were its it's that's that would be should i think believe here you go are the my mine a this one number no it'll right please thanks thank ja klar gerne hier bitte also es ist das mein meine sicher natürlich die der lautet heißt am on at in name i'm im call me last four digits password pin code ends with ending",
);

/** Units: a number before one of them is an amount. */
export const UNITS = list(
  'times time characters character letters digits chars words minutes minute min mins hours hour hrs days day weeks week months month years year attempts attempt items item pieces products orders order % percent eur euro euros € usd dollars dollar £ pounds gbp chf cents points km kg g cm mm m ml l inch inches gb mb stück tage tag stunden minuten wochen monate jahre mal zeichen punkte prozent am pm',
);

/** What is said of a password and is none. */
const STATES = list(
  "not no n't wrong right incorrect correct invalid valid expired forgotten forgot lost missing unknown different same new old strong weak safe secure unsafe insecure short long too very so still also already never always again only just being been be is are was were has have had does doesn't dont don't didn't isn't wasn't won't can't cannot could would should must will may might and or but if when then than that this the a an my your our their his her its it in on at by to of for from with without via into required needed mandatory optional empty blank hidden visible case-sensitive sensitive gone down up out off ok okay fine good bad yes please help thanks thank hello hi there here what why how where which who because since until after before while really simply possible impossible necessary unavailable available temporary permanent public private easy hard difficult protected locked blocked stuck both another other some any every all nothing something somewhere recent recovery manager field box page link email mail reset change changed falsch richtig nicht nie abgelaufen vergessen weg neu alt kein keine ungültig gültig zu sehr immer noch schon und oder wenn aber bitte danke nichts etwas gesperrt erforderlich",
);
const ENDINGS = /(?:ed|ing|ly|able|ible|less|ful|bar|lich)$/;

/** "spelled", "missing", "wrongly": said of something, in a text without capital letters. */
export function isParticiple(word: string): boolean {
  return ENDINGS.test(word);
}

/** Whether a word without digits or signs may be a password: not a word that says something of one. */
export function mayBePassword(word: string): boolean {
  return word.length >= 4 && !STATES.has(word) && !isParticiple(word);
}

/** Whether a word says something about what was asked for, or thanks for it: no name and no secret. */
export function isTalk(word: string): boolean {
  return STATES.has(word) || FILLERS.has(word) || CONNECTORS.has(word);
}
