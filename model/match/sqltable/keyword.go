package sqltable

// keyword is a word that can steer the reader. Words that never do are plain.
type keyword uint8

const (
	kwNone  keyword = iota
	kwOther         // ends an item of a FROM list and steers nothing else
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

const longestKeyword = len("straight_join")

// keywordOf finds the keyword that word spells in any case.
func keywordOf(word string) keyword {
	if len(word) < 2 || len(word) > longestKeyword {
		return kwNone
	}
	var low [longestKeyword]byte
	for i := range len(word) {
		c := word[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	text := low[:len(word)]
	if text[0] < 'm' {
		return keywordAL(text)
	}
	return keywordMZ(text)
}

func keywordAL(low []byte) keyword {
	switch string(low) { // does not allocate
	case "alter", "at", "drop", "else", "final", "full", "inner", "left":
		return kwOther
	case "all":
		return kwAll
	case "apply":
		return kwApply
	case "array":
		return kwArray
	case "as":
		return kwAs
	case "begin":
		return kwBegin
	case "by":
		return kwBy
	case "cache":
		return kwCache
	case "call":
		return kwCall
	case "clone":
		return kwClone
	case "cluster", "distribute":
		return kwCluster
	case "conflict":
		return kwConflict
	case "connect":
		return kwConnect
	case "copy":
		return kwCopy
	case "create":
		return kwCreate
	case "cross":
		return kwCross
	case "delete":
		return kwDelete
	case "distinct":
		return kwDistinct
	case "do":
		return kwDo
	case "duplicate":
		return kwDuplicate
	case "except":
		return kwExcept
	case "exec":
		return kwExec
	case "execute":
		return kwExecute
	case "exists", "any", "some":
		return kwExists
	case "fetch":
		return kwFetch
	case "first":
		return kwFirst
	case "for":
		return kwFor
	case "from":
		return kwFrom
	case "go":
		return kwGo
	case "grant", "deny":
		return kwGrant
	case "group":
		return kwGroup
	case "having":
		return kwHaving
	case "if":
		return kwIf
	case "in":
		return kwIn
	case "insert":
		return kwInsert
	case "intersect":
		return kwIntersect
	case "into":
		return kwInto
	case "is":
		return kwIs
	case "join":
		return kwJoin
	case "key":
		return kwKey
	case "last":
		return kwLast
	case "lateral":
		return kwLateral
	case "limit":
		return kwLimit
	}
	return kwNone
}

func keywordMZ(low []byte) keyword {
	switch string(low) {
	case "natural", "right", "sample", "tablesample", "then":
		return kwOther
	case "materialized":
		return kwMaterialized
	case "merge":
		return kwMerge
	case "minus":
		return kwMinus
	case "not":
		return kwNot
	case "on":
		return kwOn
	case "only":
		return kwOnly
	case "or":
		return kwOr
	case "order":
		return kwOrder
	case "outer":
		return kwOuter
	case "overwrite":
		return kwOverwrite
	case "pivot":
		return kwPivot
	case "prewhere":
		return kwPrewhere
	case "qualify":
		return kwQualify
	case "recursive":
		return kwRecursive
	case "replace":
		return kwReplace
	case "returning":
		return kwReturning
	case "revoke":
		return kwGrant
	case "rows":
		return kwRows
	case "select":
		return kwSelect
	case "set":
		return kwSet
	case "settings":
		return kwSettings
	case "sort":
		return kwSort
	case "straight_join":
		return kwStraightJoin
	case "stream":
		return kwStream
	case "summarize":
		return kwSummarize
	case "system_time":
		return kwSystemTime
	case "table":
		return kwTable
	case "temp", "temporary", "volatile":
		return kwTemp
	case "top":
		return kwTop
	case "truncate":
		return kwTruncate
	case "union":
		return kwUnion
	case "unpivot":
		return kwUnpivot
	case "update":
		return kwUpdate
	case "using":
		return kwUsing
	case "values":
		return kwValues
	case "version", "timestamp", "system_version", "portion":
		return kwVersion
	case "view":
		return kwView
	case "when":
		return kwWhen
	case "where":
		return kwWhere
	case "window":
		return kwWindow
	case "with":
		return kwWith
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

// reservedItem tells words that cannot be a table's name without quotes where
// FROM expects one, in any dialect we know.
func (k keyword) reservedItem() bool {
	switch k {
	case kwSelect, kwFrom, kwWhere, kwGroup, kwOrder, kwHaving, kwUnion, kwIntersect, kwExcept, kwOn, kwJoin, kwUsing,
		kwInto, kwAs, kwAll, kwDistinct, kwCross, kwCreate, kwIn, kwIs, kwNot, kwWhen, kwWith:
		return true
	}
	return false
}

// noAlias tells words that end a FROM item rather than name it.
func (k keyword) noAlias() bool {
	switch k {
	case kwNone, kwAll, kwBegin, kwCache, kwCall, kwCopy, kwDo, kwFirst, kwGo, kwGrant, kwKey, kwLast, kwReplace,
		kwRows, kwStream, kwSummarize, kwTemp, kwTop, kwTruncate, kwVersion, kwView, kwConflict, kwClone, kwDuplicate, kwOnly:
		return false
	}
	return true
}
