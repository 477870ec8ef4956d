package sql

import "strings"

// keyword is a word that can change what the reader does. All other words are plain.
type keyword uint8

const (
	kwNone  keyword = iota
	kwOther         // only ends an item of a FROM list
	kwAll
	kwApply
	kwArray
	kwAs
	kwBegin
	kwBy
	kwCache
	kwCall
	kwClone
	kwCluster
	kwConflict
	kwConnect
	kwCopy
	kwCreate
	kwCross
	kwDelete
	kwDistinct
	kwDo
	kwDuplicate
	kwExcept
	kwExec
	kwExecute
	kwExists
	kwFetch
	kwFirst
	kwFor
	kwFrom
	kwGo
	kwGrant
	kwGroup
	kwHaving
	kwIf
	kwIn
	kwInsert
	kwIntersect
	kwInto
	kwIs
	kwJoin
	kwKey
	kwLast
	kwLateral
	kwLimit
	kwMaterialized
	kwMerge
	kwMinus
	kwNot
	kwOn
	kwOnly
	kwOr
	kwOrder
	kwOuter
	kwOverwrite
	kwPivot
	kwPrewhere
	kwQualify
	kwRecursive
	kwReplace
	kwReturning
	kwRows
	kwSelect
	kwSet
	kwSettings
	kwSort
	kwStraightJoin
	kwStream
	kwSummarize
	kwSystemTime
	kwTable
	kwTemp
	kwTop
	kwTruncate
	kwUnion
	kwUnpivot
	kwUpdate
	kwUsing
	kwValues
	kwVersion
	kwView
	kwWhen
	kwWhere
	kwWindow
	kwWith
)

// spelling is a word and what it means.
type spelling struct {
	word string
	kw   keyword
}

// spellings are sorted by word.
var spellings = [...]spelling{
	{"all", kwAll},
	{"alter", kwOther},
	{"any", kwExists},
	{"apply", kwApply},
	{"array", kwArray},
	{"as", kwAs},
	{"at", kwOther},
	{"begin", kwBegin},
	{"by", kwBy},
	{"cache", kwCache},
	{"call", kwCall},
	{"clone", kwClone},
	{"cluster", kwCluster},
	{"conflict", kwConflict},
	{"connect", kwConnect},
	{"copy", kwCopy},
	{"create", kwCreate},
	{"cross", kwCross},
	{"delete", kwDelete},
	{"deny", kwGrant},
	{"distinct", kwDistinct},
	{"distribute", kwCluster},
	{"do", kwDo},
	{"drop", kwOther},
	{"duplicate", kwDuplicate},
	{"else", kwOther},
	{"except", kwExcept},
	{"exec", kwExec},
	{"execute", kwExecute},
	{"exists", kwExists},
	{"fetch", kwFetch},
	{"final", kwOther},
	{"first", kwFirst},
	{"for", kwFor},
	{"from", kwFrom},
	{"full", kwOther},
	{"go", kwGo},
	{"grant", kwGrant},
	{"group", kwGroup},
	{"having", kwHaving},
	{"if", kwIf},
	{"in", kwIn},
	{"inner", kwOther},
	{"insert", kwInsert},
	{"intersect", kwIntersect},
	{"into", kwInto},
	{"is", kwIs},
	{"join", kwJoin},
	{"key", kwKey},
	{"last", kwLast},
	{"lateral", kwLateral},
	{"left", kwOther},
	{"limit", kwLimit},
	{"materialized", kwMaterialized},
	{"merge", kwMerge},
	{"minus", kwMinus},
	{"natural", kwOther},
	{"not", kwNot},
	{"on", kwOn},
	{"only", kwOnly},
	{"or", kwOr},
	{"order", kwOrder},
	{"outer", kwOuter},
	{"overwrite", kwOverwrite},
	{"pivot", kwPivot},
	{"portion", kwVersion},
	{"prewhere", kwPrewhere},
	{"qualify", kwQualify},
	{"recursive", kwRecursive},
	{"replace", kwReplace},
	{"returning", kwReturning},
	{"revoke", kwGrant},
	{"right", kwOther},
	{"rows", kwRows},
	{"sample", kwOther},
	{"select", kwSelect},
	{"set", kwSet},
	{"settings", kwSettings},
	{"some", kwExists},
	{"sort", kwSort},
	{"straight_join", kwStraightJoin},
	{"stream", kwStream},
	{"summarize", kwSummarize},
	{"system_time", kwSystemTime},
	{"system_version", kwVersion},
	{"table", kwTable},
	{"tablesample", kwOther},
	{"temp", kwTemp},
	{"temporary", kwTemp},
	{"then", kwOther},
	{"timestamp", kwVersion},
	{"top", kwTop},
	{"truncate", kwTruncate},
	{"union", kwUnion},
	{"unpivot", kwUnpivot},
	{"update", kwUpdate},
	{"using", kwUsing},
	{"values", kwValues},
	{"version", kwVersion},
	{"view", kwView},
	{"volatile", kwTemp},
	{"when", kwWhen},
	{"where", kwWhere},
	{"window", kwWindow},
	{"with", kwWith},
}

// keywords finds words in spellings by their first letter: those with letter c
// begin at index keywords[c-'a'].
type keywords ['z' - 'a' + 2]uint8

func newKeywords() (k keywords) {
	for _, s := range spellings {
		for c := s.word[0] - 'a' + 1; int(c) < len(k); c++ {
			k[c]++
		}
	}
	return k
}

// of finds the keyword that word spells in any case.
func (k *keywords) of(word string) keyword {
	c := word[0] | 0x20
	if c < 'a' || c > 'z' {
		return kwNone
	}
	for _, s := range spellings[k[c-'a']:k[c-'a'+1]] {
		if len(s.word) == len(word) && strings.EqualFold(s.word, word) {
			return s.kw
		}
	}
	return kwNone
}

// abbreviated has Teradata's short words.
func abbreviated(word string) keyword {
	if len(word) != 3 {
		return kwNone
	}
	switch string([]byte{word[0] | 0x20, word[1] | 0x20, word[2] | 0x20}) {
	case "sel":
		return kwSelect
	case "del":
		return kwDelete
	case "ins":
		return kwInsert
	case "upd":
		return kwUpdate
	}
	return kwNone
}

// reservedItem reports words that cannot be a table's name without quotes where FROM
// expects one, in any known dialect.
func (k keyword) reservedItem() bool {
	switch k {
	case kwSelect, kwFrom, kwWhere, kwGroup, kwOrder, kwHaving, kwUnion, kwIntersect, kwExcept, kwOn, kwJoin, kwUsing,
		kwInto, kwAs, kwAll, kwDistinct, kwCross, kwCreate, kwIn, kwIs, kwNot, kwWhen, kwWith:
		return true
	}
	return false
}

// tail reports the clauses that come after FROM. A later FROM of the same query
// begins no clause (RULES.md#tables-and-what-only-looks-like-one).
func (k keyword) tail() bool {
	switch k {
	case kwWhere, kwGroup, kwHaving, kwQualify, kwWindow, kwOrder, kwLimit, kwPrewhere, kwSort, kwCluster:
		return true
	}
	return false
}

// changes are the words that begin a statement which writes.
func (k keyword) changes() bool {
	switch k {
	case kwInsert, kwUpdate, kwDelete, kwMerge:
		return true
	}
	return false
}

// noAlias reports words that end a FROM item and are not its alias.
func (k keyword) noAlias() bool {
	switch k {
	case kwNone, kwAll, kwBegin, kwCache, kwCall, kwCopy, kwDo, kwFirst, kwGo, kwGrant, kwKey, kwLast, kwReplace,
		kwRows, kwStream, kwSummarize, kwTemp, kwTop, kwTruncate, kwVersion, kwView, kwConflict, kwClone, kwDuplicate, kwOnly:
		return false
	}
	return true
}
