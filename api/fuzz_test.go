package api

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	pb "flowbench/api/managementpb"
	"flowbench/api/rest"
	"flowbench/models"
	"flowbench/services"
	"flowbench/store/storetest"
)

// FuzzRESTDecoder feeds bodies to every route that reads one. Whatever comes,
// the answer is JSON and no failure of ours.
func FuzzRESTDecoder(f *testing.F) {
	for _, seed := range []string{``, `{}`, `null`, `[]`, `{"name":"a","script":"b","timeout":"10s","allowedToFail":true}`, `{"name":"a"} tail`,
		`{"query":{"offset":"3","limit":1e2},"queries":[{"actionNameQuery":{"name":"a","method":5}}]}`, `{"queries":[{}]}`,
		`{"actionIds":["1","2"]}`, `{"timeout":"0.0000000001s"}`, `{"allowed_to_fail":true,"allowedToFail":true}`, "\xff\xfe", `{"name":"\ud800"}`,
		`{"queries":[{"actionIdQuery":{"id":"1"},"actionStateQuery":{"state":"ACTION_STATE_ACTIVE"}}]}`, strings.Repeat(`{"a":`, 200)} {
		f.Add([]byte(seed))
	}
	gin.SetMode(gin.ReleaseMode)
	handler := NewHandler(Options{Services: services.New(storetest.Open(f), nil, services.Options{})})
	paths := map[string]string{"/management/v1/actions/_search": "POST", "/management/v1/actions": "POST", "/management/v1/actions/1": "PUT",
		"/management/v1/flows/1/trigger/1": "POST", "/admin/v1/orgs/_search": "POST", "/flowbench/v1/runs/_action": "POST",
		"/flowbench/v1/settings": "PATCH", "/flowbench/v1/cases": "POST"}
	f.Fuzz(func(t *testing.T, body []byte) {
		for path, method := range paths {
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, httptest.NewRequest(method, path, bytes.NewReader(body)))
			// Without a token a good body is 401 and a bad one 400.
			if w.Code != http.StatusUnauthorized && w.Code != http.StatusBadRequest {
				t.Errorf("%s: status %d: %s", path, w.Code, w.Body)
			}
			if w.Header().Get("Content-Type") != "application/json" || !strings.HasPrefix(w.Body.String(), "{") {
				t.Errorf("%s: answer %q", path, w.Body)
			}
		}
		message := &pb.ListActionsRequest{}
		if rest.DecodeBody(bytes.NewReader(body), message) != nil {
			return
		}
		again := &pb.ListActionsRequest{}
		text, err := protojson.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		if err := rest.DecodeBody(bytes.NewReader(text), again); err != nil || !proto.Equal(message, again) {
			t.Errorf("%s is read as %v, and then as %v: %v", body, message, again, err)
		}
	})
}

// FuzzWebText feeds requests to the text form of gRPC-Web.
func FuzzWebText(f *testing.F) {
	frame := func(data string) string {
		return string([]byte{0, 0, 0, 0, byte(len(data))}) + data
	}
	for _, seed := range []string{"", base64.StdEncoding.EncodeToString([]byte(frame(""))), base64.StdEncoding.EncodeToString([]byte(frame("\x0a\x01a"))),
		"AAAAAAA=AAAAAAA=", "=", "====", "AAAA=", "!!!!", "AA", "AAAAAAA=\n"} {
		f.Add([]byte(seed))
	}
	gin.SetMode(gin.ReleaseMode)
	handler := NewHandler(Options{Services: services.New(storetest.Open(f), nil, services.Options{})})
	f.Fuzz(func(t *testing.T, body []byte) {
		request := httptest.NewRequest("POST", "/zitadel.management.v1.ManagementService/GetAction", bytes.NewReader(body))
		request.Header.Set("Content-Type", "application/grpc-web-text")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, request)
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/grpc-web-text") {
			t.Errorf("status %d, content type %q", w.Code, w.Header().Get("Content-Type"))
		}
		if _, err := base64.StdEncoding.DecodeString(w.Body.String()); err != nil {
			t.Errorf("answer %q: %v", w.Body, err)
		}
		if data, err := decodeWebText(body); err == nil && len(body)%4 == 0 && !bytes.ContainsAny(body, "=\r\n") {
			if got := base64.StdEncoding.EncodeToString(data); got != string(body) {
				t.Errorf("%q decodes to what encodes to %q", body, got)
			}
		}
	})
}

// FuzzListQuery builds list queries and runs them: the database must take
// every text, and find nothing that does not fit.
func FuzzListQuery(f *testing.F) {
	f.Add("a", 0, uint64(0), uint32(0), 0, true)
	f.Add("%_\\", 4, uint64(1), uint32(2), 1, false)
	f.Add("Ü'\"--", 5, uint64(1)<<63, uint32(1000), 3, true)
	f.Add("", 7, ^uint64(0), uint32(1001), 99, false)
	st := storetest.Open(f)
	s := services.New(st, nil, services.Options{})
	ctx := operatorOf(f, s)
	for _, name := range []string{"alpha", "Alpha_1", "100%", `back\slash`, "Ünder"} {
		if _, err := s.Actions.Create(ctx, models.ActionInput{Name: name, Script: "x"}); err != nil {
			f.Fatal(err)
		}
	}
	server := newServer(Options{Services: s})
	f.Fuzz(func(t *testing.T, text string, method int, offset uint64, limit uint32, sort int, asc bool) {
		request := &pb.ListActionsRequest{Query: &pb.ListQuery{Offset: offset, Limit: limit, Asc: asc}, SortingColumn: pb.ActionFieldName(sort),
			Queries: []*pb.ActionQuery{{Query: &pb.ActionQuery_ActionNameQuery{ActionNameQuery: &pb.ActionNameQuery{Name: text, Method: pb.TextQueryMethod(method)}}}}}
		answer, err := server.ListActions(ctx, request)
		if err != nil {
			if code := wireError(ctx, method0, err).Code(); code != invalid {
				t.Fatalf("%v: %v", request, err)
			}
			return
		}
		for _, a := range answer.GetResult() {
			if !textMatches(a.GetName(), text, pb.TextQueryMethod(method)) {
				t.Errorf("%q method %d found %q", text, method, a.GetName())
			}
		}
	})
}
