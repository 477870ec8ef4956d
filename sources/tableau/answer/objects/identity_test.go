package objects

import "testing"

// Whatever LUIDs look like, different ones stay different, and the usual form takes less room.
func TestPackedLUIDsDiffer(t *testing.T) {
	var all Objects
	seen := map[string]string{}
	for _, luid := range []string{
		"0b000001-0000-4000-8000-00000000000a", "0b000001-0000-4000-8000-00000000000b", "0b000001-0000-4000-8000-0000000000a0",
		"1b000001-0000-4000-8000-00000000000a", "0b000001-0000-4000-8000-00000000000g", "0b000001-0000-4000-8000--0000000000a",
		"0b000001-0000-4000-80000-0000000000a", "0b000001000040008000000000000000000a", "0b000001-0000-4000-8000-000000000000a", "l1", "",
	} {
		short := string(all.packed([]byte(luid)))
		if other, taken := seen[short]; taken {
			t.Errorf("%q and %q are one", luid, other)
		}
		seen[short] = luid
	}
	if n := len(all.packed([]byte("0b000001-0000-4000-8000-00000000000a"))); n != 17 {
		t.Errorf("%d bytes, want 17", n)
	}
}
