package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

func hash(seed ...string) [32]byte {
	return sha256.Sum256([]byte(strings.Join(seed, "\x00")))
}

// metaID looks like an id of the Metadata API: a hash written as 8-4-4-4-12.
func metaID(seed ...string) string {
	h := hash(append([]string{"id"}, seed...)...)
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// luid looks like a LUID of the REST API: a random (version 4) UUID.
func luid(seed ...string) string {
	h := hash(append([]string{"luid"}, seed...)...)
	h[6] = h[6]&0x0f | 0x40
	h[8] = h[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// number is a decimal text in [from, from+span).
func number(from, span uint64, seed ...string) string {
	h := hash(append([]string{"number"}, seed...)...)
	return strconv.FormatUint(from+binary.BigEndian.Uint64(h[:8])%span, 10)
}

// clock puts a time of day between fromHour and toHour on a date; "" stays "".
// It checks the date, to find typing errors in the scenario.
func clock(date string, fromHour, toHour int, seed ...string) (string, error) {
	if date == "" {
		return "", nil
	}
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return "", err
	}
	h := hash(append([]string{"clock"}, seed...)...)
	sec := int(binary.BigEndian.Uint32(h[:4]) % uint32((toHour-fromHour)*3600))
	return day.Add(time.Duration(fromHour)*time.Hour + time.Duration(sec)*time.Second).Format(time.RFC3339), nil
}

// urlName is a title as Tableau writes it in a content URL: only letters, digits,
// _ and - are kept.
func urlName(title string) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-' {
			return r
		}
		return -1
	}, title)
	if s == "" {
		return "View"
	}
	return s
}
