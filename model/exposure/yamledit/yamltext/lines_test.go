package yamltext

import "testing"

func TestSplitComment(t *testing.T) {
	for in, want := range map[string][2]string{
		` "a # b" # c`:         {` "a # b"`, "# c"},
		` "a \" # b"`:          {` "a \" # b"`, ""},
		` 'it''s # b' # c`:     {` 'it''s # b'`, "# c"},
		" a#b # c":             {" a#b", "# c"},
		" # c":                 {"", "# c"},
		"":                     {"", ""},
		" \"a\n  b # x\" # c":  {" \"a\n  b # x\"", "# c"},
		" |- # c\n  # text":    {" |- # c\n  # text", "# c"},
		" >\n  # text\n  more": {" >\n  # text\n  more", ""},
		` "open`:               {` "open`, ""},
	} {
		if value, comment := SplitComment(in); value != want[0] || comment != want[1] {
			t.Errorf("SplitComment(%q) = %q, %q", in, value, comment)
		}
	}
}
