package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

func TestSigns(t *testing.T) {
	if len([]rune(signs)) != len(inASCII) {
		t.Fatalf("%d signs, %d in ASCII", len([]rune(signs)), len(inASCII))
	}
	for frame, want := range map[string]string{
		"│ 売上 › Größe… ╭─╮": "| 売上 > Größe~ +-+",
		"“a” – b":           `"a" - b`,
		"Ünïcode Дашборд 👍": "Ünïcode Дашборд 👍",
	} {
		if got := Signs(frame); got != want || Width(got) != Width(frame) {
			t.Errorf("%q becomes %q, not %q", frame, got, want)
		}
	}
	if got := ASCII("売上 › ü"); got != "???? > ?" {
		t.Errorf("%q", got)
	}
}

// Every symbol that is written in the code of a screen has one in ASCII. Those of states
// are in a Glyphs, which has both.
func TestEverySymbolHasOneInASCII(t *testing.T) {
	var files []string
	for _, dir := range []string{"../explorer", "../table", "../scope", "../explain"} {
		err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "glyphs.go") && !strings.HasSuffix(path, "signs.go") && !strings.Contains(path, "scenario") {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			written, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range Signs(written) {
				if unicode.Is(unicode.Co, r) {
					t.Errorf("%s: %q is only in fonts that were patched for it", path, r)
				}
				if r >= 0x80 {
					t.Errorf("%s: %q has no sign in ASCII: it belongs into a Glyphs or into Signs", path, r)
				}
			}
			return true
		})
	}
}
