// Package keyword has the words of SQL that change what a reader does, of all warehouses
// together: their spellings, and where each may be.
package keyword

import "strings"

// Keyword is a word that can change what the reader does. All other words are plain.
type Keyword uint8

const (
	None  Keyword = iota
	Other         // only ends an item of a FROM list
	All
	Apply
	Array
	As
	Begin
	By
	Cache
	Call
	Clone
	Cluster
	Conflict
	Connect
	Copy
	Create
	Cross
	Delete
	Distinct
	Do
	Duplicate
	Except
	Exec
	Execute
	Exists
	Fetch
	First
	For
	From
	Go
	Grant
	Group
	Having
	If
	In
	Insert
	Intersect
	Into
	Is
	Join
	Key
	Last
	Lateral
	Limit
	Materialized
	Merge
	Minus
	Not
	On
	Only
	Or
	Order
	Outer
	Overwrite
	Pivot
	Prewhere
	Qualify
	Recursive
	Replace
	Returning
	Rows
	Select
	Set
	Settings
	Sort
	StraightJoin
	Stream
	Summarize
	SystemTime
	Table
	Temp
	Top
	Truncate
	Union
	Unpivot
	Update
	Using
	Values
	Version
	View
	When
	Where
	Window
	With
)

// spelling is a word and what it means.
type spelling struct {
	word string
	kw   Keyword
}

// spellings are sorted by word.
var spellings = [...]spelling{
	{"all", All},
	{"alter", Other},
	{"any", Exists},
	{"apply", Apply},
	{"array", Array},
	{"as", As},
	{"at", Other},
	{"begin", Begin},
	{"by", By},
	{"cache", Cache},
	{"call", Call},
	{"clone", Clone},
	{"cluster", Cluster},
	{"conflict", Conflict},
	{"connect", Connect},
	{"copy", Copy},
	{"create", Create},
	{"cross", Cross},
	{"delete", Delete},
	{"deny", Grant},
	{"distinct", Distinct},
	{"distribute", Cluster},
	{"do", Do},
	{"drop", Other},
	{"duplicate", Duplicate},
	{"else", Other},
	{"except", Except},
	{"exec", Exec},
	{"execute", Execute},
	{"exists", Exists},
	{"fetch", Fetch},
	{"final", Other},
	{"first", First},
	{"for", For},
	{"from", From},
	{"full", Other},
	{"go", Go},
	{"grant", Grant},
	{"group", Group},
	{"having", Having},
	{"if", If},
	{"in", In},
	{"inner", Other},
	{"insert", Insert},
	{"intersect", Intersect},
	{"into", Into},
	{"is", Is},
	{"join", Join},
	{"key", Key},
	{"last", Last},
	{"lateral", Lateral},
	{"left", Other},
	{"limit", Limit},
	{"materialized", Materialized},
	{"merge", Merge},
	{"minus", Minus},
	{"natural", Other},
	{"not", Not},
	{"on", On},
	{"only", Only},
	{"or", Or},
	{"order", Order},
	{"outer", Outer},
	{"overwrite", Overwrite},
	{"pivot", Pivot},
	{"portion", Version},
	{"prewhere", Prewhere},
	{"qualify", Qualify},
	{"recursive", Recursive},
	{"replace", Replace},
	{"returning", Returning},
	{"revoke", Grant},
	{"right", Other},
	{"rows", Rows},
	{"sample", Other},
	{"select", Select},
	{"set", Set},
	{"settings", Settings},
	{"some", Exists},
	{"sort", Sort},
	{"straight_join", StraightJoin},
	{"stream", Stream},
	{"summarize", Summarize},
	{"system_time", SystemTime},
	{"system_version", Version},
	{"table", Table},
	{"tablesample", Other},
	{"temp", Temp},
	{"temporary", Temp},
	{"then", Other},
	{"timestamp", Version},
	{"top", Top},
	{"truncate", Truncate},
	{"union", Union},
	{"unpivot", Unpivot},
	{"update", Update},
	{"using", Using},
	{"values", Values},
	{"version", Version},
	{"view", View},
	{"volatile", Temp},
	{"when", When},
	{"where", Where},
	{"window", Window},
	{"with", With},
}

// Index finds words in spellings by their first letter: those with letter c
// begin at index Index[c-'a'].
type Index ['z' - 'a' + 2]uint8

// NewIndex makes it.
func NewIndex() (k Index) {
	for _, s := range spellings {
		for c := s.word[0] - 'a' + 1; int(c) < len(k); c++ {
			k[c]++
		}
	}
	return k
}

// Of finds the keyword that word spells in any case.
func (k *Index) Of(word string) Keyword {
	c := word[0] | 0x20
	if c < 'a' || c > 'z' {
		return None
	}
	for _, s := range spellings[k[c-'a']:k[c-'a'+1]] {
		if len(s.word) == len(word) && strings.EqualFold(s.word, word) {
			return s.kw
		}
	}
	return None
}

// Abbreviated has Teradata's short words.
func Abbreviated(word string) Keyword {
	if len(word) != 3 {
		return None
	}
	switch string([]byte{word[0] | 0x20, word[1] | 0x20, word[2] | 0x20}) {
	case "sel":
		return Select
	case "del":
		return Delete
	case "ins":
		return Insert
	case "upd":
		return Update
	}
	return None
}

// ReservedItem reports words that cannot be a table's name without quotes where FROM
// expects one, in any known dialect.
func (k Keyword) ReservedItem() bool {
	switch k {
	case Select, From, Where, Group, Order, Having, Union, Intersect, Except, On, Join, Using,
		Into, As, All, Distinct, Cross, Create, In, Is, Not, When, With:
		return true
	}
	return false
}

// Tail reports the clauses that come after FROM. A later FROM of the same query
// begins no clause (model/sql/RULES.md#tables-and-what-only-looks-like-one).
func (k Keyword) Tail() bool {
	switch k {
	case Where, Group, Having, Qualify, Window, Order, Limit, Prewhere, Sort, Cluster:
		return true
	}
	return false
}

// Changes reports the words that begin a statement which writes.
func (k Keyword) Changes() bool {
	switch k {
	case Insert, Update, Delete, Merge:
		return true
	}
	return false
}

// NoAlias reports words that end a FROM item and are not its alias.
func (k Keyword) NoAlias() bool {
	switch k {
	case None, All, Begin, Cache, Call, Copy, Do, First, Go, Grant, Key, Last, Replace,
		Rows, Stream, Summarize, Temp, Top, Truncate, Version, View, Conflict, Clone, Duplicate, Only:
		return false
	}
	return true
}
