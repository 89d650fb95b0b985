package api_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"connectrpc.com/connect"
	"connectrpc.com/grpchealth"
	"connectrpc.com/grpcreflect"
	"google.golang.org/protobuf/types/dynamicpb"
	"google.golang.org/protobuf/types/known/emptypb"

	pb "flowbench/api/managementpb"
	"flowbench/api/managementpb/managementpbconnect"
	"flowbench/store/storetest"
)

const managementService = "zitadel.management.v1.ManagementService"

func TestUnknownMethod(t *testing.T) {
	t.Parallel()
	f := start(t, storetest.Open(t))
	for name, protocol := range protocols() {
		t.Run(name+"_is_unimplemented_with_its_name", func(t *testing.T) {
			client := connect.NewClient[emptypb.Empty, emptypb.Empty](protocol.client, f.url+"/"+managementService+"/GetIAM", protocol.option)
			_, err := client.CallUnary(context.Background(), connect.NewRequest(&emptypb.Empty{}))
			want := "unknown method GetIAM for service " + managementService
			if connect.CodeOf(err) != connect.CodeUnimplemented || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want Unimplemented with %q", err, want)
			}
		})
	}
}

type protocol struct {
	option connect.ClientOption
	client *http.Client
}

func protocols() map[string]protocol {
	return map[string]protocol{
		"grpc":          {connect.WithGRPC(), http2Client()},
		"grpc-web":      {connect.WithGRPCWeb(), &http.Client{Transport: &http.Transport{}}},
		"grpc-web-h2c":  {connect.WithGRPCWeb(), http2Client()},
		"grpc-web-text": {connect.WithGRPCWeb(), &http.Client{Transport: textTransport{&http.Transport{}}}},
		"grpc-json":     {connect.WithClientOptions(connect.WithGRPC(), connect.WithProtoJSON()), http2Client()},
		"connect":       {connect.WithClientOptions(), &http.Client{Transport: &http.Transport{}}},
	}
}

func TestGeneratedClient(t *testing.T) {
	t.Parallel()
	f := start(t, storetest.Open(t))
	for name, p := range protocols() {
		t.Run(name+"_answers_and_refuses", func(t *testing.T) {
			client := managementpbconnect.NewManagementServiceClient(p.client, f.url, p.option)
			ctx, info := connect.NewClientContext(context.Background())
			info.RequestHeader().Set("Authorization", "Bearer "+f.vars["ownerToken"])
			answer, err := client.ListFlowTypes(ctx, &pb.ListFlowTypesRequest{})
			if err != nil || len(answer.GetResult()) != 4 {
				t.Fatalf("got %v, %v, want four flows", answer, err)
			}
			if _, err := client.ListFlowTypes(context.Background(), &pb.ListFlowTypesRequest{}); connect.CodeOf(err) != connect.CodeUnauthenticated {
				t.Errorf("without a token: %v, want Unauthenticated", err)
			}
		})
	}
}

func TestReflection(t *testing.T) {
	t.Parallel()
	f := start(t, storetest.Open(t))
	client := grpcreflect.NewClient(http2Client(), f.url)
	t.Run("lists_the_services_and_no_others", func(t *testing.T) {
		stream := client.NewStream(context.Background())
		defer func() { _, _ = stream.Close() }()
		names, err := stream.ListServices()
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{managementService, "zitadel.admin.v1.AdminService", "flowbench.v1.RunService", "grpc.health.v1.Health"} {
			found := false
			for _, have := range names {
				found = found || string(have) == name
			}
			if !found {
				t.Errorf("%s is missing in %v", name, names)
			}
		}
	})
	t.Run("describes_a_service", func(t *testing.T) {
		stream := client.NewStream(context.Background())
		defer func() { _, _ = stream.Close() }()
		files, err := stream.FileContainingSymbol(managementService)
		if err != nil || len(files) == 0 || files[0].GetPackage() != "zitadel.management.v1" {
			t.Errorf("got %v, %v", files, err)
		}
	})
	t.Run("older_version_is_there_too", func(t *testing.T) {
		client := connect.NewClient[dynamicpb.Message, dynamicpb.Message](http2Client(),
			f.url+"/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", connect.WithGRPC())
		stream := client.CallBidiStream(context.Background())
		if err := stream.Send(nil); err != nil && err != io.EOF {
			t.Fatal(err)
		}
		_ = stream.CloseRequest()
		_, err := stream.Receive()
		if code := connect.CodeOf(err); err != nil && code == connect.CodeUnimplemented {
			t.Errorf("got %v", err)
		}
		_ = stream.CloseResponse()
	})
}

func TestHealth(t *testing.T) {
	t.Parallel()
	f := start(t, storetest.Open(t))
	for name, want := range map[string]grpchealth.Status{"": grpchealth.StatusServing, managementService: grpchealth.StatusServing} {
		if got := f.health(t, name); got != want {
			t.Errorf("health of %q is %v, want %v", name, got, want)
		}
	}
	f.stopping.Store(true)
	if got := f.health(t, ""); got != grpchealth.StatusNotServing {
		t.Errorf("health of a stopping server is %v", got)
	}
}

// health asks grpc.health.v1 in protobuf's JSON form, which needs no client.
func (f *fixture) health(t *testing.T, service string) grpchealth.Status {
	t.Helper()
	response, err := http.Post(f.url+"/grpc.health.v1.Health/Check", "application/json", strings.NewReader(`{"service":"`+service+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct{ Status string }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return map[string]grpchealth.Status{"SERVING_STATUS_SERVING": grpchealth.StatusServing,
		"SERVING_STATUS_NOT_SERVING": grpchealth.StatusNotServing}[answer.Status]
}

func TestPreflight(t *testing.T) {
	t.Parallel()
	f := start(t, storetest.Open(t))
	for _, path := range []string{"/management/v1/actions/1", "/" + managementService + "/GetAction", "/flowbench/v1/runs/_action", "/management/v1/nope"} {
		t.Run(path, func(t *testing.T) {
			request, err := http.NewRequest(http.MethodOptions, f.url+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Origin", "https://console.example")
			request.Header.Set("Access-Control-Request-Method", "PUT")
			request.Header.Set("Access-Control-Request-Headers", "authorization,content-type,x-grpc-web,x-user-agent,x-zitadel-orgid")
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			h := response.Header
			if response.StatusCode != http.StatusNoContent || h.Get("Access-Control-Allow-Origin") != "https://console.example" ||
				h.Get("Access-Control-Allow-Credentials") != "true" || h.Get("Access-Control-Allow-Methods") != "PUT" ||
				!strings.Contains(h.Get("Access-Control-Allow-Headers"), "x-zitadel-orgid") {
				t.Errorf("status %d, headers %v", response.StatusCode, h)
			}
		})
	}
}

func TestExposedHeaders(t *testing.T) {
	t.Parallel()
	f := start(t, storetest.Open(t))
	request, err := http.NewRequest(http.MethodGet, f.url+"/management/v1/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", "https://console.example")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	exposed := strings.Split(strings.ToLower(response.Header.Get("Access-Control-Expose-Headers")), ", ")
	for _, name := range []string{"location", "content-length", "grpc-status", "grpc-message", "grpc-status-details-bin"} {
		if !slices.Contains(exposed, name) {
			t.Errorf("%s is not exposed: %v", name, exposed)
		}
	}
}
