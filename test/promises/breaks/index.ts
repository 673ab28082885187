import type { Break } from './break.ts';
import { breaks as r1 } from './r1.ts';
import { breaks as r2 } from './r2.ts';
import { breaks as r3 } from './r3.ts';
import { breaks as r4 } from './r4.ts';
import { breaks as r5 } from './r5.ts';
import { breaks as r11 } from './r11.ts';
import { breaks as s1 } from './s1.ts';
import { breaks as s2 } from './s2.ts';
import { breaks as s3 } from './s3.ts';
import { breaks as s4 } from './s4.ts';
import { breaks as s6 } from './s6.ts';
import { breaks as s7 } from './s7.ts';
import { breaks as s8 } from './s8.ts';
import { breaks as s9 } from './s9.ts';
import { breaks as s10 } from './s10.ts';
import { breaks as c1 } from './c1.ts';
import { breaks as c7 } from './c7.ts';
import { breaks as c8 } from './c8.ts';
import { breaks as p3 } from './p3.ts';
import { breaks as p4 } from './p4.ts';

/** Every known way to break a promise. */
export const breaks: readonly Break[] = [...r1, ...r2, ...r3, ...r4, ...r5, ...r11, ...s1, ...s2, ...s3, ...s4, ...s6, ...s7, ...s8, ...s9, ...s10, ...c1, ...c7, ...c8, ...p3, ...p4];
