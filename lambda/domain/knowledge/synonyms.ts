import { stem } from './stem.ts';

/**
 * Words that a shop's customers use for the same thing, one group a line; a word may stand in several. Every inflected
 * form is meant. A knowledge base of another trade brings its own words as `keywords` of its articles; a group that
 * matches nothing there does no harm.
 */
const GROUPS = `
parcel package packet shipment
carton box parcel
ship deliver send dispatch post
courier carrier driver postman
shop store branch outlet
buy bought purchase order
refund reimburse money
return back
cost price fee charge
rate price
postage shipping
exchange swap trade replace replacement
broken damaged defective faulty dented cracked
ripped torn hole broken faulty
snapped broken
dead broken faulty
mend repair fix
sew repair
discount rebate reduction promotion
cheaper price discount
coupon voucher discount code
phone mobile telephone handset
hotline phone call
cancel stop revoke
delete erase remove
mail email message
newsletter mailing marketing
password login credentials
forgot forgotten remember
log sign login
rent rental hire borrow
recycle dispose battery
shoe boot hiker trainer footwear
backpack rucksack pack bag
coat jacket hardshell anorak
dog labrador pet puppy
trouser pants
sweater jumper fleece
wash launder laundry clean
stolen lost theft gone vanished
lost missing
bonus loyalty points
join member membership register
instalment installment
locked blocked shut
hacker hacked break fraud
scam fraud phishing suspicious
receipt slip proof
bill invoice
vat tax
visa mastercard card
declined rejected refused fails failed
reject decline
attempt try tries
twice double duplicate
noon midday
saturday weekend
town city location
park parking
enter entrance inside
blunt sharpen sharp
present gift
temperature degrees heat hot
wardrobe cupboard furniture bulky
bed furniture bulky
sofa furniture bulky
bench furniture garden
assemble assembly together
export data copy download
complain complaint unhappy
delay late overdue
notify alert inform tell
sold stock available
warranty guarantee
mould mildew
leak water wet
soaked wet dry
radiator dry heat
stove burner cooker
canister cartridge gas
often frequently
engraved personalised custom
embroider embroidery logo personalised
husband wife partner somebody behalf
neighbour neighbor
grandma relative gift
move moved address
surname name
wedding marriage married name
debit charge debited
bank transfer wire
reservation pending hold
authenticator verification twofactor
code codes
lapse expire expiry
fetch collect pickup
locker pickup
birthday anniversary
bike bicycle
kid child children
seal hygiene
swimwear underwear hygiene
abroad international overseas country
surcharge extra
sum amount total
balance left remaining
colour color
size fit
big large
small tight
quantity bulk
company business firm
club member
customs duty
profile account
website online internet web page
basket cart checkout
piece part spare component
buckle strap part
maker brand manufacturer
typed entered
former old previous
backorder preorder
sole resole
earn collect receive
evening pm night
spread instalment
promised expected estimated
instead wrong
handed delivered
above over minimum
shut locked
thursday weekday
monday weekday
afternoon morning midday
`;

const TABLE = new Map<string, Set<string>>();
for (const line of GROUPS.trim().split('\n')) {
  const group = line.split(' ').map(stem);
  for (const word of group) TABLE.set(word, new Set([...(TABLE.get(word) ?? []), ...group.filter((other) => other !== word)]));
}

/** Terms that mean much the same as this one; empty for most. */
export function synonymsOf(term: string): readonly string[] {
  return [...(TABLE.get(term) ?? [])];
}
