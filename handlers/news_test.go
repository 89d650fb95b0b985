package handlers

import (
	"context"
	"sync/atomic"
	"testing"
)

func TestNewsAreAskedForOnceForAllWatchers(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	n := newNews(func(context.Context) (int64, error) { return asked.Add(1), nil })
	first, leaveFirst := n.watch()
	second, leaveSecond := n.watch()
	<-first
	<-second
	if len(n.watchers) != 2 {
		t.Errorf("%d watchers, want 2", len(n.watchers))
	}
	leaveFirst()
	leaveFirst() // twice does no harm
	leaveSecond()
	if len(n.watchers) != 0 {
		t.Errorf("%d watchers are left", len(n.watchers))
	}
}

func TestNewsEndWhenTheServerStops(t *testing.T) {
	t.Parallel()
	n := newNews(func(context.Context) (int64, error) { return 1, nil })
	happened, leave := n.watch()
	n.end()
	n.end()
	for range happened {
	}
	leave()
	late, leaveLate := n.watch()
	defer leaveLate()
	if _, open := <-late; open {
		t.Error("a stopped server still promises news")
	}
}
