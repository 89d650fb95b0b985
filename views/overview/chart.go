package overview

import (
	"strconv"

	"flowbench/models"
)

// Sizes of the chart in units of its view box.
const (
	chartWidth, chartHeight = 600, 120
	barGap                  = 4
)

// bar is one part of a stacked bar.
type bar struct {
	Class               string
	X, Y, Width, Height string
}

// bars stacks the runs of each day: succeeded at the bottom, failed on top.
func bars(days []models.DayRuns) []bar {
	most := 0
	for _, d := range days {
		most = max(most, d.Total())
	}
	if most == 0 {
		return nil
	}
	var list []bar
	step := float64(chartWidth) / float64(len(days))
	for i, d := range days {
		top := float64(chartHeight)
		for _, part := range []struct {
			class string
			n     int
		}{{"chart-ok", d.Succeeded}, {"chart-tolerated", d.Tolerated}, {"chart-failed", d.Failed}} {
			if part.n == 0 {
				continue
			}
			height := float64(part.n) / float64(most) * chartHeight
			top -= height
			list = append(list, bar{part.class, units(float64(i) * step), units(top), units(step - barGap), units(height)})
		}
	}
	return list
}

func units(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// totals adds the days up.
func totals(days []models.DayRuns) (sum models.DayRuns) {
	for _, d := range days {
		sum.Succeeded += d.Succeeded
		sum.Tolerated += d.Tolerated
		sum.Failed += d.Failed
	}
	return sum
}
