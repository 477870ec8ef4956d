package complete

import (
	"slices"
	"strconv"
	"testing"

	"github.com/spf13/cobra"
)

// What a shell gets is on one line and as it is in the BI tool; a name with more is left
// out, and so is what comes after the first hundreds.
func TestOfferIsCleanAndBounded(t *testing.T) {
	hostile := Among("Sales", "Sal\x1b[31mes", "Sal\nrm -rf", "Sales\tteam \x1b]0;x\x07", "Sal\u202ees", "Other", "Sally\tan\nother line")
	got, _ := hostile.offer(Asked{Word: "Sal"})
	if want := []string{"Sales", "Sally\tan other line"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	var many []string
	for i := range 5000 {
		many = append(many, "n"+strconv.Itoa(i))
	}
	if got, _ := Among(many...).offer(Asked{Word: "n"}); len(got) != mostNames {
		t.Error(len(got))
	}
	got, directive := Among("owner:", "name:").offer(Asked{Word: "ow"})
	if len(got) != 1 || directive&cobra.ShellCompDirectiveNoSpace == 0 {
		t.Error(got, directive)
	}
}
