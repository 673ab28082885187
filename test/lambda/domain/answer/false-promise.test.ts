import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGate } from '../../../../lambda/domain/answer/gate.ts';
import { sentencesOf } from '../../../../lambda/domain/knowledge/terms.ts';
import type { Passage } from '../../../../lambda/domain/knowledge/types.ts';
import { ROOT } from '../../../support/paths.ts';

const source = (id: string, title: string, text: string, locale = 'en'): Passage => ({ id: `${id}#1`, articleId: id, title, section: '', useCase: 'returns', locale, date: '2026-01-02', text });
const SHOES = [
  source('returns', 'Returns and refunds', 'You can return shoes within 30 days of delivery. We refund the price within 5 working days after the shoes have arrived. Shipping costs are not refunded. Sale items cannot be returned.'),
  source('delivery', 'Delivery', 'Delivery takes 2 to 4 working days. It costs 3.95 EUR and is free from 50 EUR.'),
];
const closedBy = (text: string, sources: readonly Passage[] = SHOES) => {
  const gate = openGate({ sources, humanContact: 'Write to help@shop.example, Monday to Friday, 8:00-20:00.', said: [] });
  gate.push(`${text} `);
  gate.end();
  return gate.closed;
};

describe('a figure stands where its subject does', () => {
  it.each([
    'We refund the price within 2 working days.',
    'Delivery costs 50 EUR.',
    'Delivery is free from 3.95 EUR.',
    'You can return shoes within 5 working days of delivery.',
    'Delivery takes 5 working days.',
    'You can return shoes after 30 days.',
    'We refund you. Within 2 working days.',
    'Your parcel comes on Friday.',
    'A refund takes 30 days.',
  ])('not: %s', (text) => {
    expect(closedBy(text)).toBe('unsupported-promise');
  });
});

describe('what a source denies', () => {
  it.each(['Sale items can be returned too.', 'You can return sale items within 30 days [1].', 'Shipping costs come back as well.', 'Good news, sale items may go back to us!'])('stays denied: %s', (text) => {
    expect(closedBy(text)).toBe('unsupported-promise');
  });

  it.each(['Except sale items, shoes can be returned.', 'Sale items, however, cannot be returned.'])('in whichever clause it stands: %s', (text) => {
    const sources = [source('returns', 'Returns', `You can return shoes. ${text}`)];
    expect(closedBy('Sale items can be returned.', sources)).toBe('unsupported-promise');
    expect(closedBy('Shoes can be returned.', sources)).toBeUndefined();
  });
});

describe('dates and promises in other words', () => {
  it.each([
    'Your refund arrives in a fortnight.', 'It arrives this afternoon.', 'It is there by the weekend.', 'Expect it before Christmas.', 'Your shoes arrive shortly.', 'They come in December.', 'Delivery is on Easter Monday.', 'Your parcel comes this evening.',
    'You will have it within a few days.', 'Die Schuhe kommen am Wochenende.', 'Es kommt heute Abend.', 'Vor Weihnachten ist es da.', 'You get the full amount back, whatever the reason.', 'Your money is on its way to you.', 'The whole price comes back.', 'You may keep the shoes and the money.',
    'You can exchange the tent.', 'You can return the tent and the stove.', 'You can take two tablets with alcohol.', 'This product prevents cancer.', 'The insoles help against back pain and fever.', 'Das Mittel hilft gegen Kopfweh und Krebs.',
  ])('not: %s', (text) => {
    expect(closedBy(text)).toBe('unsupported-promise');
  });
});

describe('a language that nobody can check', () => {
  it.each([
    'Nous vous rembourserons intégralement demain.', 'Le remboursement sera fait sans condition.', 'Le devolveremos todo el dinero mañana mismo.', 'Puede devolver los artículos rebajados sin problema.', 'La rimborseremo completamente domani.', 'Può restituire anche gli articoli in saldo.',
    'We storten het geld morgen terug op uw rekening.', 'U kunt ook afgeprijsde artikelen terugsturen.', 'Zwrócimy całą kwotę jutro rano.', 'Vi betaler alle pengene tilbage i morgen.', 'Мы вернём вам все деньги завтра.', '我们明天会把全部货款退还给您。', 'سنعيد لك كل المال غدا بالتأكيد.',
  ])('not: %s', (text) => {
    expect(closedBy(text)).toBe('unsupported-promise');
  });

  it.each(['Quickpost, Otter & Mill, Ashmere.', 'Très bien!', 'Danke, Frau Okafor-Müller.', 'OK 👍', '- Trail Runner Pro Ultralight', 'Bitte bewahren Sie den Karton auf.', 'Shop Zürich Niederdorf, Shop Genève Rive.', 'Click Orders, then Details.'])('but short texts and names: %s', (text) => {
    expect(closedBy(text)).toBeUndefined();
  });

  it('but the language of its sources', () => {
    const french = [source('retours', 'Retours', 'Vous pouvez retourner les chaussures dans un délai de 30 jours. Conservez le carton.', 'fr-FR')];
    expect(closedBy('Vous pouvez retourner vos chaussures dans leur carton.', french)).toBeUndefined();
    expect(closedBy('U kunt het geld morgen op uw rekening zien.', french)).toBe('unsupported-promise');
  });
});

const GEAR = [
  source('window', 'Return window', 'You can return unused items within 30 days of delivery for a full refund, online and in our stores. Returns in our stores are always free, and Ridge members do not pay for return labels. A refund always goes back to the payment method that was used. Opened filters cannot be returned. Without a till receipt we accept other proof of purchase.'),
  source('delivery', 'Delivery', 'Standard delivery costs €4.95. It is free for orders of €60 or more, and always free for Ridge members. A card refund takes another 3 days at your bank. Bulky items are collected for €29. The packaging of bulky items is taken away free of charge. A printed gift card comes in an envelope. Its delivery is free. The first exchange of an item is free in both directions.'),
];
const AUSSTATTUNG = [
  source('rueckgabe', 'Rückgabe', 'Sie können unbenutzte Artikel innerhalb von 30 Tagen nach der Lieferung gegen volle Erstattung zurückgeben. Wir erstatten den Preis innerhalb von 5 Werktagen.', 'de'),
  source('versand', 'Versand', 'Der Standardversand kostet 4,95 €. Er ist ab 60 € kostenlos. Sperrige Artikel holen wir für 29 € ab. Die Verpackung sperriger Artikel nehmen wir kostenlos mit.', 'de'),
];

describe('how far a promise reaches', () => {
  it.each([
    'You can return used items within 30 days for a full refund.', 'You can return items that you have worn.', 'You can return items that are not unused.', 'You can return opened filters.', 'You can return unused items within 30 days, even without a receipt.', 'We always refund.', 'All items can be returned.', 'You can return every item.', 'Everything can be returned.',
    'You can return unused items within 30 days of delivery for a full refund, plus 30 more days.', 'You can return unused items within 30 days and 30 days more.', 'You have 30 days plus 30 to return unused items.', 'We accept returns without any labels attached.',
  ])('not: %s', (text) => {
    expect(closedBy(text, GEAR)).toBe('unsupported-promise');
  });

  it.each(['Unused items can be returned within 30 days.', 'Refunds always go back to the payment method that you used.', 'A card refund takes 3 more days at your bank.', 'You can return unworn items within 30 days.', 'Opened filters cannot be returned.'])('but: %s', (text) => {
    expect(closedBy(text, GEAR)).toBeUndefined();
  });

  it.each(['Sie können benutzte Artikel innerhalb von 30 Tagen zurückgeben.', 'Sie können getragene Artikel zurückgeben.', 'Sie können unbenutzte Artikel innerhalb von 30 Tagen zurückgeben, auch ohne Beleg.', 'Wir erstatten immer.', 'Alle Artikel können zurückgegeben werden.', 'Sie können unbenutzte Artikel innerhalb von 30 Tagen zurückgeben, plus 30 weitere Tage.'])('in German: %s', (text) => {
    expect(closedBy(text, AUSSTATTUNG)).toBe('unsupported-promise');
  });

  it.each(['Unbenutzte Artikel können Sie innerhalb von 30 Tagen zurückgeben.', 'Ja, Sie können unbenutzte Artikel gegen volle Erstattung zurückgeben.', 'Wir erstatten den Preis innerhalb von 5 Werktagen.'])('but: %s', (text) => {
    expect(closedBy(text, AUSSTATTUNG)).toBeUndefined();
  });
});

describe('what is given for nothing, or as a favour', () => {
  it.each([
    'An exception was made in your case.', 'You get a free gift card.', 'Standard delivery is free.', 'Delivery is always free.', 'Standard delivery is free for everybody.', 'We waive the fee for you.', 'Collection of bulky items is free of charge.', 'We collect bulky items for free.', 'Returns are free.', 'You pay nothing for standard delivery.', 'We cover the cost of your return label.', 'You get a gift card as a present.',
  ])('not: %s', (text) => {
    expect(closedBy(text, GEAR)).toBe('unsupported-promise');
  });

  it.each([
    'Standard delivery is free for orders of €60 or more.', 'The packaging of bulky items is free of charge, because it is taken away.', 'Packaging of bulky items is taken away free of charge.', 'Standard delivery is always free for Ridge members.', 'Ridge members always get free standard delivery.', 'Delivery of a printed gift card is free.', 'Your first exchange is free in both directions.', 'Ridge members do not pay for return labels.',
  ])('but: %s', (text) => {
    expect(closedBy(text, GEAR)).toBeUndefined();
  });

  it.each(['Der Standardversand ist kostenlos.', 'Wir erlassen Ihnen die Gebühr.', 'In Ihrem Fall wurde eine Ausnahme gemacht.', 'Sie bekommen eine kostenlose Geschenkkarte.', 'Die Abholung sperriger Artikel ist kostenlos.'])('in German: %s', (text) => {
    expect(closedBy(text, AUSSTATTUNG)).toBe('unsupported-promise');
  });

  it.each(['Ab 60 € ist der Standardversand kostenlos.', 'Die Verpackung sperriger Artikel nehmen wir kostenlos mit.'])('but: %s', (text) => {
    expect(closedBy(text, AUSSTATTUNG)).toBeUndefined();
  });
});

const HONEST = [
  'Orders over 50 EUR ship for free [2].',
  'The price is refunded, but shipping costs are not [1].',
  'You get a refund within 5 working days after they have arrived [1].',
  'Yes, you can return your shoes within 30 days of delivery [1]. The refund takes up to 5 working days [1].',
  'Delivery takes two to four working days [2]. It costs 3.95 EUR [2].',
  'Sale items cannot be returned [1].',
  'Unfortunately, we do not take sale items back [1].',
  'We refund the price of your shoes within 5 working days [1].',
  'Shipping is free for orders over €50 [2].',
  'You have 30 days to return your shoes [1].',
  'Please keep the box until the shoes have been returned.',
  'Our team is there from Monday to Friday, 8:00 to 20:00.',
];

describe('honest paraphrases', () => {
  it.each(HONEST)('%s', (text) => {
    expect(closedBy(text)).toBeUndefined();
  });

  it('and every sentence of the sample articles', () => {
    const folder = join(ROOT, 'knowledge/articles');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
    const closed = names.flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8').replace(/^---[\s\S]*?\n---\n/, '').replace(/^#.*$/gm, '');
      return sentencesOf(text).filter((sentence) => sentence.trim() !== '' && closedBy(sentence, [source(name, name, text)]) !== undefined);
    });
    expect(names.length).toBeGreaterThan(5);
    expect(closed).toEqual([]);
  });
});
