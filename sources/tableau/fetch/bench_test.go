package fetch_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/trust/trusttest"
)

// A very large site: 5,000 workbooks, 20,000 dashboards, 60,000 sheets and 40,000
// tables. Tableau's limit of 20,000 nodes is never met, because questions are flat;
// a tenth of it is, and makes pages smaller. The server is a process of its own, so
// that time is of both and memory of the client alone.
func BenchmarkLargeSite(b *testing.B) {
	for _, limit := range []int{20_000, 2_000} {
		b.Run(fmt.Sprintf("nodes-%d", limit), func(b *testing.B) { syncLargeSite(b, limit) })
	}
}

func syncLargeSite(b *testing.B, limit int) {
	server, stats := largeSite(b, limit)
	job := fetch.Job{
		Options: fetch.Options{Server: "https://tableau.example.com", ContentURL: "big"},
		API: api.Config{Server: trusttest.Server(b, server), Site: "big", Credentials: api.Credentials{
			TokenName: tableautest.DefaultPATName, TokenSecret: tableautest.DefaultPATSecret,
		}},
	}
	b.ReportAllocs()
	for b.Loop() {
		before := stats()
		job.File = filepath.Join(b.TempDir(), "big.json.gz")
		res, err := fetch.Sync(context.Background(), job)
		if err != nil || len(res.Snapshot.Partial) > 0 || len(res.Site.Sheets) != 60_000 {
			b.Fatal(err, res.Snapshot)
		}
		after := stats()
		b.ReportMetric(float64(after.Total()-before.Total()), "requests")
		b.ReportMetric(float64(after.Bytes-before.Bytes)/1e6, "MB-received")
		b.ReportMetric(float64(res.Bytes)/1e6, "MB-snapshot")
		b.ReportMetric(float64(after.MaxNodes), "nodes-most")
	}
	if peak, ok := peakMemory(); ok {
		b.ReportMetric(peak, "MB-peak")
	}
}

const serveLargeSite = "DARKROOM_TEST_LARGE_SITE"

// largeSite starts the server in a copy of this program. It ends with its input,
// so also when we are killed; a line of input makes it print its counters.
func largeSite(b *testing.B, limit int) (url string, stats func() tableautest.Stats) {
	b.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestServeLargeSite$")
	cmd.Env = append(os.Environ(), serveLargeSite+"="+strconv.Itoa(limit))
	cmd.Stderr = os.Stderr
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err1 != nil || err2 != nil {
		b.Fatal(err1, err2)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	b.Cleanup(func() {
		in.Close()
		_ = cmd.Wait() // how it ends does not matter
	})
	if !lines.Scan() {
		b.Fatal("the server does not start")
	}
	return lines.Text(), func() (s tableautest.Stats) {
		fmt.Fprintln(in)
		if !lines.Scan() {
			b.Fatal("the server is gone")
		}
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			b.Fatal(err)
		}
		return s
	}
}

// TestServeLargeSite is only the server of largeSite.
func TestServeLargeSite(t *testing.T) {
	limit, err := strconv.Atoi(os.Getenv(serveLargeSite))
	if err != nil {
		t.Skip("is the server of BenchmarkLargeSite")
	}
	s := tableautest.New(tableautest.Options{
		Snapshots: [][]byte{bigsite.Snapshot(5000, 4, 3, 40_000)}, Switches: tableautest.Switches{NodeLimit: limit},
	})
	fmt.Println(s.Serve(t))
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		stats := s.Stats()
		stats.Queries = nil // long
		if err := json.NewEncoder(os.Stdout).Encode(stats); err != nil {
			t.Fatal(err)
		}
	}
}

// peakMemory is the most this process ever had in memory, in MB, where the system
// reports it.
func peakMemory() (float64, bool) {
	status, err := os.ReadFile("/proc/self/status")
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindStringSubmatch(strings.TrimSpace(string(status)))
	if err != nil || m == nil {
		return 0, false
	}
	kb, err := strconv.ParseFloat(m[1], 64)
	return kb / 1000, err == nil
}
