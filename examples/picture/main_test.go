package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darkroom/ui/explorer"
)

// The pictures are of the explorer as it is: each view has one, and each of them has the
// tabs of all views. Draw them again when this fails: go run ./examples/picture
func TestPicturesHaveAllViews(t *testing.T) {
	var titles []string
	for _, act := range explorer.Actions() {
		name, isView := strings.CutPrefix(act.Name, "view.")
		title, _, ok := strings.Cut(act.Title, ":")
		if !isView || !ok {
			continue
		}
		titles = append(titles, title)
		if _, err := os.Stat(filepath.Join("../pictures", name+".svg")); err != nil {
			t.Errorf("the view %s has no picture: %v", title, err)
		}
	}
	if len(titles) < 4 {
		t.Fatalf("the views are %q", titles)
	}
	files := []string{"../explorer.svg"}
	for _, s := range scenes() {
		files = append(files, filepath.Join("../pictures", s.name+".svg"))
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, title := range titles {
			if !bytes.Contains(data, []byte(title)) {
				t.Errorf("%s does not show the tab %s", file, title)
			}
		}
		if err := wellFormed(data); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// A film has all of its frames, and shows the first where nothing is animated.
func TestFilm(t *testing.T) {
	svg := picture("one\x1b[1m bold\x1b[0m", "<two>", "three")
	if err := wellFormed([]byte(svg)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"#f0{visibility:visible", "#f1{visibility:hidden", "#f2{visibility:hidden", "font-weight='bold'> bold<", "&lt;two&gt;"} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %q in %s", want, svg)
		}
	}
	if strings.Contains(picture("one"), "animation") {
		t.Error("one frame is animated")
	}
}

func wellFormed(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := d.Token(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}
