package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The history that syncs of the weeks before have left beside the snapshot, so that the
// example has windows: a total each week, and the last one on the day of the snapshot.
const weeksOfViews = 6

// viewHistory is the file of view counts of a snapshot (model/usage/RULES.md#the-file). Of
// what is viewed at all, some was not opened in these weeks.
func viewHistory(s *snapshot) ([]byte, error) {
	last, err := time.Parse(time.RFC3339, s.FetchedAt)
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	out.WriteString("# darkroom: views of dashboards, one line a day with the totals that changed; lines can be merged in any order\n")
	before := map[string]int{}
	for week := weeksOfViews; week >= 0; week-- {
		var counts []string
		for _, v := range s.REST.Views {
			if v.Usage == nil || v.SheetType == "worksheet" {
				continue
			}
			total, err := strconv.Atoi(v.Usage.TotalViewCount)
			if err != nil {
				return nil, err
			}
			n := total - total*week*recent(v.ID)/1000
			key := strings.ReplaceAll(v.ID, "-", "")[:12]
			if old, seen := before[key]; !seen || old != n {
				counts = append(counts, fmt.Sprint(key, "=", n))
			}
			before[key] = n
		}
		slices.Sort(counts)
		out.WriteString(strings.TrimSpace(last.AddDate(0, 0, -7*week).Format(time.DateOnly)+" "+strings.Join(counts, " ")) + "\n")
	}
	return []byte(out.String()), nil
}

// recent is how many of a thousand views of a dashboard are of one week; half of the
// dashboards is no longer opened.
func recent(id string) int {
	n, _ := strconv.Atoi(number(0, 12, "weekly views", id)) // it is one
	return max(0, n-6)
}
