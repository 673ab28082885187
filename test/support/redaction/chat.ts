/** What somebody says in a chat, the value in it that is personal or secret, and what was said just before. Invented. */
export interface Said {
  readonly previous?: string;
  readonly text: string;
  readonly value: string;
}

const said = (text: string, value: string): Said => ({ text, value });
const after = (previous: string, text: string, value: string): Said => ({ previous, text, value });

/** Real-chat style: values that only the words around them give away. Spelling and punctuation are as people type. */
export const CHAT: readonly Said[] = [
  said('last four 5612', '5612'), said('the last four are 5612', '5612'), said('last 4 digits 0091', '0091'), said('card ending in 5612 please', '5612'), said('its the visa that ends with 8834', '8834'),
  said('last four of my social are 4402', '4402'), said('the last four digits of the card on file are 7719', '7719'), said('final four: 2290', '2290'), said('last 4: 6134', '6134'), said('the last 4 on my debit card is 3388', '3388'),
  said('last four five six one two', 'five six one two'), said('last four digits are double five one two', 'double five one two'), said('the card ends in 0021', '0021'), said('die letzten vier Ziffern sind 5612', '5612'), said('letzten vier 9981', '9981'),
  said('xxxx-xxxx-xxxx-5612 is the card number', 'xxxx-5612'), said('card number **** 5612', '5612'), said('my card number is 4111 11', '4111 11'), said('card no 5500 0055', '5500 0055'), said('Kreditkartennummer 4929 1234', '4929 1234'),
  said('pass word 4387', '4387'), said('pass word is 4387', '4387'), said('my password is hunter2', 'hunter2'), said('my password is sunshine', 'sunshine'), said('password: Tr0ub4dor', 'Tr0ub4dor'),
  said('pw wolfgang88', 'wolfgang88'), said('pwd=letmein99', 'letmein99'), said('the password was Blue-Kettle-7', 'Blue-Kettle-7'), said('i changed the password to otter!river', 'otter!river'), said('mein Passwort ist Regen2024', 'Regen2024'),
  said('Passwort lautet geheim77', 'geheim77'), said("my password it's kitty123", 'kitty123'), said('log in with password monkey_77 please', 'monkey_77'), said('my passcode is 99120', '99120'), said('Kennwort: Sommer!23', 'Sommer!23'),
  said("the password's hunter2", 'hunter2'), said("my pin's 4387", '4387'), said('zero seven seven double zero nine hundred one two three', 'nine hundred'), said('jo[at]mail.example', 'jo[at]'),
  said('my pin is 4387', '4387'), said('pin 4387', '4387'), said('the PIN number should be 0918', '0918'), said('my pin is four three eight seven', 'four three eight seven'), said('pin: 55-12', '55-12'),
  said('Meine PIN ist 7733', '7733'), said('cvv 123', '123'), said('the cvc on the back is 904', '904'), said('security code is 4471', '4471'), said('the code you sent me is 482910', '482910'),
  said('verification code 771204', '771204'), said('otp is 33 91 02', '33 91 02'), said('sms code: 190233', '190233'), said('Sicherheitscode 118', '118'), said('one time password 664 201', '664 201'),
  said('exp 12/27', '12/27'), said('expiry date is 04/2028', '04/2028'), said('call me at 5551234', '5551234'), said('my number is 612 345 678', '612 345 678'), said('mobile 91234567', '91234567'),
  said('reach me on 12 34 56 78', '12 34 56 78'), said('phone number is five five five one two three four', 'five five five one two three four'), said('Handynummer 1761234567', '1761234567'), said('text me at 3125550', '3125550'), said('my cell is 415 555 01', '415 555 01'),
  said('account number is 12345678', '12345678'), said('sort code 12-34-56', '12-34-56'), said('routing number 021000021', '021000021'), said('Kontonummer 0532013000', '0532013000'), said('acct no 88-12345', '88-12345'),
  said('my ssn is 123456789', '123456789'), said('social security number 987 65 432', '987 65 432'), said('NI number is 123456', '123456'), said('my bsn 123456782', '123456782'), said('Steuernummer 12 345 678', '12 345 678'),
  said('passport number C01X00T47', 'C01X00T47'), said("driver's license D1234567", 'D1234567'), said('my id number is 44-9981-X', '44-9981-X'), said('Ausweisnummer L01X00T471', 'L01X00T471'), said('license plate is KA-889', 'KA-889'),
  said('date of birth 12.03.1985', '12.03.1985'), said('my dob is 1985-03-12', '1985-03-12'), said('born on 12 March 1985', '12 March 1985'), said('my birthday is March 12 1985', 'March 12 1985'), said('Geburtsdatum: 12.3.85', '12.3.85'),
  said('my name is Jane Doe', 'Jane Doe'), said('My full name is Ada Mustermann', 'Ada Mustermann'), said('mein Name ist Erika Muster', 'Erika Muster'), said("mother's maiden name is Vogel", 'Vogel'), said('name on the card: J Doe', 'J Doe'),
  said('zip code 90210', '90210'), said('my postcode is SW1A 1AA', 'SW1A 1AA'), said('PLZ 10115', '10115'), said('my address is 12 oak street ashmere', '12 oak street'), said('i live at 7b high road, ashmere', '7b high road'),
  said('username jdoe85', 'jdoe85'), said('my user id is ada_m', 'ada_m'), said('four one one one two two two two three three three three four four four four', 'four one one one'), said('zero seven seven double zero nine zero zero one two three', 'double zero nine'), said('eins zwei drei vier fünf sechs sieben acht', 'fünf sechs'),
  after('What is your PIN?', '4387', '4387'), after('What is your PIN?', 'its 4387', '4387'), after('Could you confirm the last four of your card?', '5612', '5612'), after('Could you confirm the last four of your card?', 'sure, 5612', '5612'), after('Please tell me the last four digits of your social security number.', 'ok 4 4 0 2', '4 4 0 2'),
  after('What is your password?', 'sunshine', 'sunshine'), after('What is your password?', 'Tr0ub4dor&3', 'Tr0ub4dor&3'), after('What is the password that you tried?', 'it was otter77', 'otter77'), after('Please enter the verification code.', '771204', '771204'), after('Please enter the code we sent: the SMS code.', 'it says 19 02 33', '19 02 33'),
  after('What is your phone number?', '612345678', '612345678'), after('On which number can we call you? Please give your mobile number.', '91 23 45 67', '91 23 45 67'), after('What is your date of birth?', '12/03/1985', '12/03/1985'), after('Your date of birth, please.', '12 march 1985', '12 march 1985'), after('May I have your name?', 'Jane Doe', 'Jane Doe'),
  after('May I have your name, please?', "it's Ada Mustermann", 'Ada Mustermann'), after('What is your account number?', '12345678', '12345678'), after('What is your address?', '12 oak street, ashmere', '12 oak street'), after('What is your postcode?', '90210', '90210'), after('What is the CVV of the card?', '904', '904'),
  after('What is the expiry date of the card?', '04/28', '04/28'), after('What is your card number?', '4929 12 three four', '4929 12 three four'), after('Wie lautet Ihre PIN?', '7733', '7733'), after('Wie lauten die letzten vier Ziffern Ihrer Karte?', '5612', '5612'), after('Wie ist Ihr Geburtsdatum? Bitte nennen Sie es.', '12.03.1985', '12.03.1985'),
  after('my pin is', '4387', '4387'), after('the last four are', '5612', '5612'), after('my password is', 'hunter2', 'hunter2'), after('What is your passport number?', 'C01X00T47', 'C01X00T47'), after('What is the answer to your security question?', 'Rex', 'Rex'),
  after('To find you, I need the last four digits of your card.', 'yes of course it is five six one two', 'five six one two'), after('What is your username?', 'jdoe85', 'jdoe85'), after('Which PIN did you choose?', 'I think 0918', '0918'), after('Can you give me your telephone number?', 'yes, 555 12 34', '555 12 34'), after('What is your date of birth?', 'i was born on the 3rd, so 3.4.1990', '3.4.1990'),
];
