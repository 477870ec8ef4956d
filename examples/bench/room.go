//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"darkroom/examples/bench/printed"
)

// room says why something does not fit on the machine; "" is that it does, or that the
// machine does not say. Both are in bytes.
func (b *bench) room(ctx context.Context, disk, memory int64) string {
	if free, ok := freeDisk(ctx, b.dir); ok && disk > free {
		return fmt.Sprintf("needs %s on the disk, %s are free", sized(float64(disk)), sized(float64(free)))
	}
	if most := int64(b.memory) << 30; memory > most {
		return fmt.Sprintf("needs about %s of memory, -memory allows %s", sized(float64(memory)), sized(float64(most)))
	}
	if free, ok := freeMemory(); ok && memory > free {
		return fmt.Sprintf("needs about %s of memory, %s are free", sized(float64(memory)), sized(float64(free)))
	}
	return ""
}

// leave notes that something is not measured.
func (b *bench) leave(what, why string) {
	b.seen.left = append(b.seen.left, what+": "+why)
}

// freeDisk asks df, whose columns are the same everywhere with -P: the fourth is what is free.
func freeDisk(ctx context.Context, dir string) (int64, bool) {
	text, err := exec.CommandContext(ctx, "df", "-Pk", dir).Output()
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	columns := strings.Fields(lines[len(lines)-1])
	if err != nil || len(columns) < 4 {
		return 0, false
	}
	kilobytes, err := strconv.ParseInt(columns[3], 10, 64)
	return kilobytes << 10, err == nil
}

// freeMemory is what Linux says that programs can have.
func freeMemory() (int64, bool) {
	text, _ := os.ReadFile("/proc/meminfo")
	return printed.Kilobytes(string(text), "MemAvailable:")
}
