package refreshes

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"darkroom/model/pattern"
	"darkroom/model/refresh"
)

// Outcome is what became of a request.
type Outcome string

const (
	Unsettled Outcome = "" // not known yet: without a job, not even whether it began
	Success   Outcome = "success"
	Failed    Outcome = "failed"
	Cancelled Outcome = "cancelled"
	Refused   Outcome = "refused"   // nothing was started
	Forgotten Outcome = "forgotten" // the server has no such job any more
)

// Record is the last refresh of one extract that darkroom asked for.
type Record struct {
	Format  int       `json:"format"`
	Site    string    `json:"site"`
	Kind    string    `json:"kind"`
	LUID    string    `json:"luid"`
	Name    string    `json:"name"`
	ID      string    `json:"id"`    // of the request: two can have one time
	Asked   time.Time `json:"asked"` // zero: never
	Job     string    `json:"job,omitempty"`
	Outcome Outcome   `json:"outcome,omitempty"`
	Began   time.Time `json:"began,omitzero"`
	Ended   time.Time `json:"ended,omitzero"`
	// Last is the last one that ended well, if another came after it.
	Last *Done `json:"last,omitempty"`
	// Earlier are requests of the hour before, for the site's quota.
	Earlier []time.Time `json:"earlier,omitempty"`
}

// Done is a refresh that ended well.
type Done struct {
	Began time.Time `json:"began"`
	Ended time.Time `json:"ended"`
}

// format is what this version writes; a later one is not guessed at.
const format = 1

// Attempts are what the record knows, for judging.
func (r *Record) Attempts() (all []refresh.Attempt) {
	if r.Last != nil {
		all = append(all, refresh.Attempt{Progress: refresh.Succeeded, Ours: true, Began: r.Last.Began, Over: r.Last.Ended})
	}
	if r.Asked.IsZero() {
		return all
	}
	a := refresh.Attempt{Progress: refresh.Asked, Ours: true, Job: r.Job, Asked: r.Asked, Began: r.Began, Over: r.Ended}
	switch {
	case r.Outcome == Success:
		a.Progress = refresh.Succeeded
	case r.Outcome == Forgotten:
	case r.Outcome != Unsettled:
		a.Progress = refresh.Failed
	case r.Job != "":
		a.Progress = refresh.Running
	}
	return append(all, a)
}

// began is the times of requests that count for the quota.
func (r *Record) began() []time.Time {
	if r.Asked.IsZero() || r.Outcome == Refused {
		return r.Earlier
	}
	return append([]time.Time{r.Asked}, r.Earlier...)
}

// ask makes it the record of a request at a time.
func (r *Record) ask(key refresh.Key, name string, now time.Time) {
	next := Record{Format: format, Site: key.Site, Kind: key.Kind.String(), LUID: key.LUID, Name: name, ID: rand.Text(), Asked: now.UTC(), Last: r.Last}
	if r.Outcome == Success {
		next.Last = &Done{r.Began, r.Ended}
	}
	for _, at := range r.began() {
		if now.Sub(at) < time.Hour {
			next.Earlier = append(next.Earlier, at)
		}
	}
	*r = next
}

func (r *Record) encode() []byte {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil // times and texts can always be encoded
	}
	return append(data, '\n')
}

func decode(data []byte) (r Record, err error) {
	if err := json.Unmarshal(data, &r); err != nil {
		return Record{}, err
	}
	if r.Format != format {
		return Record{}, fmt.Errorf("its format is %d, and this darkroom knows %d", r.Format, format)
	}
	return r, nil
}

// plain is what a file may be called; LUIDs are, and other ids are hashed.
var plain = pattern.Of(`^[a-z0-9-]{1,64}$`)

// nameOf is the file of an extract in the folder of records.
func nameOf(key refresh.Key) string {
	luid := key.LUID
	if !plain().MatchString(luid) {
		luid = hash(luid)
	}
	return folderOf(key.Site) + "/" + key.Kind.String() + "-" + luid + ".json"
}

// notPlain is what a folder's name has a hyphen for.
var notPlain = pattern.Of("[^a-z0-9]+")

// folderOf is the folder of a site: readable, and of no other site.
func folderOf(site string) string {
	words := notPlain().ReplaceAllString(strings.ToLower(site), "-")
	words = words[:min(len(words), 60)]
	return strings.Trim(words, "-") + "-" + hash(site)
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}
