package tile

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darkroom/model"
)

// TestInABrowser looks at tiles of every state in Chromium. browser.sh calls it, which has
// the tools for it.
func TestInABrowser(t *testing.T) {
	tools, browser := os.Getenv("DARKROOM_TILE_TOOLS"), os.Getenv("DARKROOM_CHROMIUM")
	if tools == "" || browser == "" {
		t.Skip("browser.sh runs it, with a browser and its tools")
	}
	pages, shots := t.TempDir(), os.Getenv("DARKROOM_SHOTS")
	if shots == "" {
		shots = t.TempDir()
	}
	var tiles []*Tile
	for _, s := range [][2]string{{"success", "pass"}, {"success", "warn"}, {"error", "error"}, {"", ""}} {
		tiles = append(tiles, &Tile{ID: fmt.Sprintf("exposure.shop.%s_%s", s[0], s[1]), Title: "Weekly Numbers", Type: "dashboard", URL: "https://bi.example/#/views/Weekly", Report: report(t, s[0], s[1])})
	}
	many := report(t, "error", "error")
	for range 7 {
		f := many.Findings[0]
		f.Resource = &model.Resource{Kind: model.KindModel, Name: strings.Repeat("a_very_long_name_", 12)}
		many.Findings = append(many.Findings, f)
	}
	tiles = append(tiles,
		&Tile{ID: "exposure.shop.long", Title: strings.Repeat("Donaudampfschifffahrtsgesellschaft", 4), Type: "notebook", Report: many},
		&Tile{ID: "exposure.shop.hostile", Title: `"><img src=x onerror=alert(1)></title><script>alert(1)</script>`, Type: "ml", Report: report(t, "success", "pass")})
	opt := Options{Made: made, Valid: 24 * time.Hour}
	index, err := Index(tiles, opt)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, page []byte) {
		if err := os.WriteFile(filepath.Join(pages, name), page, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("index.html", index)
	for _, one := range tiles {
		page, err := Render(one, opt)
		if err != nil {
			t.Fatal(err)
		}
		write(File(one.ID), page)
	}
	out, err := exec.CommandContext(t.Context(), "node", "browser.mjs", tools, browser, pages, shots).CombinedOutput() //nolint:gosec // what browser.sh found
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

// Where there is no browser, the script says so and is content.
func TestBrowserSkips(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash")
	}
	cmd := exec.CommandContext(t.Context(), bash, "browser.sh")
	cmd.Env = append(os.Environ(), "CHROMIUM="+filepath.Join(t.TempDir(), "none"))
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), "tiles in a browser: skipped, ") {
		t.Errorf("%v: %s", err, out)
	}
}
