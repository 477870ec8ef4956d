package frames

import "unicode"

// narrow are characters of one cell.
var narrow = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0xa1, Hi: 0xac, Stride: 1}, {Lo: 0xae, Hi: 0x2ff, Stride: 1}, // Latin
		{Lo: 0x384, Hi: 0x3ff, Stride: 1},   // Greek
		{Lo: 0x400, Hi: 0x481, Stride: 1},   // Cyrillic
		{Lo: 0x48a, Hi: 0x52f, Stride: 1},   // Cyrillic
		{Lo: 0x2010, Hi: 0x2027, Stride: 1}, // dashes, quotes, bullets
		{Lo: 0x2030, Hi: 0x205e, Stride: 1}, // more of them
		{Lo: 0x2190, Hi: 0x22ff, Stride: 1}, // arrows, mathematics
		{Lo: 0x2500, Hi: 0x25ff, Stride: 1}, // lines, blocks, shapes
		{Lo: 0x2713, Hi: 0x2713, Stride: 1}, // a tick
		{Lo: 0x2717, Hi: 0x2717, Stride: 1}, // a cross
		{Lo: 0x2800, Hi: 0x28ff, Stride: 1}, // Braille
	},
	LatinOffset: 1,
}

// emoji are those of them that some terminals draw in two cells.
var emoji = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0xa9, Hi: 0xa9, Stride: 1},
		{Lo: 0xae, Hi: 0xae, Stride: 1},
		{Lo: 0x203c, Hi: 0x203c, Stride: 1},
		{Lo: 0x2049, Hi: 0x2049, Stride: 1},
		{Lo: 0x2194, Hi: 0x2199, Stride: 1},
		{Lo: 0x21a9, Hi: 0x21aa, Stride: 1},
		{Lo: 0x25aa, Hi: 0x25ab, Stride: 1},
		{Lo: 0x25b6, Hi: 0x25c0, Stride: 10},
		{Lo: 0x25fb, Hi: 0x25fe, Stride: 1},
	},
	LatinOffset: 2,
}
