package api_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"connectrpc.com/connect"

	pb "flowbench/api/managementpb"
	"flowbench/api/managementpb/managementpbconnect"
	"flowbench/models"
	"flowbench/store"
	"flowbench/store/storetest"
)

// benchScript is of an ordinary length.
var benchScript = "function addTier(ctx, api) {\n" + strings.Repeat("  // decide by the mail domain\n", 20) + "}\n"

// databases are what benchmarks run on. In memory is a file too, as the store
// wants one: on Linux's file system in memory, where there is one.
func databases(b *testing.B) map[string]func() *store.Store {
	return map[string]func() *store.Store{
		"sqlite": func() *store.Store { return storetest.Open(b) },
		"memory": func() *store.Store {
			dir, err := os.MkdirTemp("/dev/shm", "flowbench")
			if err != nil {
				b.Skip(err)
			}
			b.Cleanup(func() { _ = os.RemoveAll(dir) })
			return storetest.OpenURL(b, "sqlite:"+filepath.Join(dir, "bench.db"))
		},
	}
}

// BenchmarkListActions lists 50 actions.
func BenchmarkListActions(b *testing.B) {
	eachEncoding(b, func(b *testing.B, f *fixture, client managementpbconnect.ManagementServiceClient) {
		for i := range 50 {
			if _, err := f.services.Actions.Create(operator(f.vars["orgId"]), models.ActionInput{Name: fmt.Sprintf("a%d", i), Script: benchScript}); err != nil {
				b.Fatal(err)
			}
		}
	}, func(ctx context.Context, f *fixture, client managementpbconnect.ManagementServiceClient) error {
		if client == nil {
			return f.post("/management/v1/actions/_search", `{"query":{"limit":50}}`)
		}
		list, err := client.ListActions(ctx, &pb.ListActionsRequest{Query: &pb.ListQuery{Limit: 50}})
		if err == nil && len(list.GetResult()) != 50 {
			err = fmt.Errorf("%d actions", len(list.GetResult()))
		}
		return err
	})
}

// BenchmarkCreateAction creates actions of ever new names.
func BenchmarkCreateAction(b *testing.B) {
	var n atomic.Int64
	eachEncoding(b, nil, func(ctx context.Context, f *fixture, client managementpbconnect.ManagementServiceClient) error {
		name := fmt.Sprintf("n%d", n.Add(1))
		if client == nil {
			return f.post("/management/v1/actions", `{"name":"`+name+`","script":"x","timeout":"10s"}`)
		}
		_, err := client.CreateAction(ctx, &pb.CreateActionRequest{Name: name, Script: "x"})
		return err
	})
}

func eachEncoding(b *testing.B, prepare func(*testing.B, *fixture, managementpbconnect.ManagementServiceClient),
	run func(context.Context, *fixture, managementpbconnect.ManagementServiceClient) error) {
	clients := map[string]func(url string) managementpbconnect.ManagementServiceClient{
		"rest": func(string) managementpbconnect.ManagementServiceClient { return nil },
		"grpc": func(url string) managementpbconnect.ManagementServiceClient {
			return managementpbconnect.NewManagementServiceClient(http2Client(), url, connect.WithGRPC())
		},
		"grpc-web": func(url string) managementpbconnect.ManagementServiceClient {
			return managementpbconnect.NewManagementServiceClient(&http.Client{Transport: &http.Transport{}}, url, connect.WithGRPCWeb())
		},
	}
	for db, open := range databases(b) {
		for _, name := range slices.Sorted(maps.Keys(clients)) {
			b.Run("db="+db+"/encoding="+name, func(b *testing.B) {
				f := start(b, open())
				client := clients[name](f.url)
				if prepare != nil {
					prepare(b, f, client)
				}
				b.ReportAllocs()
				for b.Loop() {
					ctx, info := connect.NewClientContext(context.Background())
					info.RequestHeader().Set("Authorization", "Bearer "+f.vars["ownerToken"])
					if err := run(ctx, f, client); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func (f *fixture) post(path, body string) error {
	got, _, err := rest(f, call{method: http.MethodPost, path: path, body: []byte(body),
		headers: map[string]string{"Authorization": "Bearer " + f.vars["ownerToken"]}})
	if err == nil && got.status != http.StatusOK {
		err = fmt.Errorf("%d %s", got.status, got.text)
	}
	return err
}

// BenchmarkFirstPage lists the first page out of many: its time must not grow
// with their number.
func BenchmarkFirstPage(b *testing.B) {
	for _, total := range []int{100, 10000, 100000} {
		b.Run(fmt.Sprintf("total=%d", total), func(b *testing.B) {
			f := start(b, storetest.Open(b))
			ctx := operator(f.vars["orgId"])
			for i := range total {
				if _, err := f.services.Actions.Create(ctx, models.ActionInput{Name: fmt.Sprintf("a%d", i), Script: "x"}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := f.post("/management/v1/actions/_search", `{"query":{"limit":20}}`); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
