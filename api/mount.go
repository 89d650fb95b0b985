package api

import (
	"fmt"
	"net/http"
	"strings"

	"connectrpc.com/connect"
	"github.com/gin-gonic/gin"
	"google.golang.org/protobuf/reflect/protoreflect"

	"flowbench/api/flowbenchpb"
	fb "flowbench/api/flowbenchpb/flowbenchpbconnect"
	pb "flowbench/api/managementpb"
	"flowbench/api/managementpb/managementpbconnect"
	"flowbench/api/rest"
)

// Mount adds the API to the server's routes: REST below its four prefixes, the
// services and their reflection and health for gRPC and gRPC-Web, and the
// OpenAPI description. Everything below those paths is answered by the API,
// unknown paths and CORS preflights included.
func Mount(engine *gin.Engine, o Options) {
	api := NewHandler(o)
	for _, prefix := range api.Prefixes() {
		engine.Any(prefix+"*path", gin.WrapH(api))
	}
	engine.GET("/openapi.json", serveOpenAPI)
}

// Handler is the API as one HTTP handler.
type Handler struct {
	rpc      map[string]http.Handler // by the path of a service: /package.Service/
	rest     *gin.Engine
	prefixes []string
	chain    http.Handler
}

// NewHandler makes the API. Most callers want Mount.
func NewHandler(o Options) *Handler {
	s := newServer(o)
	h := &Handler{rpc: map[string]http.Handler{}, rest: newREST()}
	s.addREST(h)
	s.addRPC(h, o.Serving)
	h.chain = withRobots(withCORS(http.HandlerFunc(h.dispatch)))
	return h
}

// Prefixes returns what the paths of the API begin with; each ends in a slash.
func (h *Handler) Prefixes() []string { return h.prefixes }

// ServeHTTP answers one request of any encoding.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.chain.ServeHTTP(w, r) }

func (h *Handler) dispatch(w http.ResponseWriter, r *http.Request) {
	if end := strings.IndexByte(strings.TrimPrefix(r.URL.Path, "/"), '/'); end >= 0 {
		if service, ok := h.rpc[r.URL.Path[:end+2]]; ok {
			service.ServeHTTP(w, r)
			return
		}
	}
	h.rest.ServeHTTP(w, r)
}

func newREST() *gin.Engine {
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	engine.NoRoute(gin.WrapF(rest.NotFound))
	engine.NoMethod(gin.WrapF(rest.MethodNotAllowed))
	return engine
}

// addREST mounts every method by the rule in its descriptor.
func (s *Server) addREST(h *Handler) {
	mount := func(file protoreflect.FileDescriptor, service protoreflect.Name, methods ...rest.Method) {
		descriptor := file.Services().ByName(service)
		if n := descriptor.Methods().Len(); n != len(methods) {
			panic(fmt.Sprintf("api: %s has %d methods, %d are mounted", service, n, len(methods)))
		}
		prefix := prefixOf(descriptor)
		rest.Mount(h.rest, prefix, descriptor, s.invoke, methods...)
		h.addPrefix("/" + strings.SplitN(prefix, "/", 3)[1] + "/")
	}
	mount(pb.File_zitadel_management_proto, "ManagementService",
		rest.Unary("Healthz", s.Healthz), rest.Unary("GetMyOrg", s.GetMyOrg),
		rest.Unary("ListActions", s.ListActions), rest.Unary("GetAction", s.GetAction),
		rest.Unary("CreateAction", s.CreateAction), rest.Unary("UpdateAction", s.UpdateAction),
		rest.Unary("DeactivateAction", s.DeactivateAction), rest.Unary("ReactivateAction", s.ReactivateAction),
		rest.Unary("DeleteAction", s.DeleteAction), rest.Unary("ListFlowTypes", s.ListFlowTypes),
		rest.Unary("ListFlowTriggerTypes", s.ListFlowTriggerTypes), rest.Unary("GetFlow", s.GetFlow),
		rest.Unary("ClearFlow", s.ClearFlow), rest.Unary("SetTriggerActions", s.SetTriggerActions))
	mount(pb.File_zitadel_admin_proto, "AdminService",
		rest.Unary("GetOrgByID", s.GetOrgByID), rest.Unary("GetDefaultOrg", s.GetDefaultOrg), rest.Unary("ListOrgs", s.ListOrgs))
	mount(pb.File_zitadel_organization_proto, "OrganizationService", rest.Unary("ListOrganizations", s.ListOrganizations))
	mount(flowbenchpb.File_flowbench_v1_runs_proto, "RunService",
		rest.Unary("RunAction", s.RunAction), rest.Unary("RunTrigger", s.RunTrigger), rest.Unary("RunJourney", s.RunJourney),
		rest.Unary("ListRuns", s.ListRuns), rest.Unary("GetRun", s.GetRun))
	mount(flowbenchpb.File_flowbench_v1_scripts_proto, "ScriptService",
		rest.Unary("CheckScript", s.CheckScript), rest.Unary("ListTriggers", s.ListTriggers))
	mount(flowbenchpb.File_flowbench_v1_versions_proto, "VersionService",
		rest.Unary("ListVersions", s.ListVersions), rest.Unary("GetVersion", s.GetVersion), rest.Unary("RestoreVersion", s.RestoreVersion),
		rest.Unary("UndeleteAction", s.UndeleteAction))
	mount(flowbenchpb.File_flowbench_v1_cases_proto, "CaseService",
		rest.Unary("ListCases", s.ListCases), rest.Unary("SetCase", s.SetCase), rest.Unary("DeleteCase", s.DeleteCase),
		rest.Unary("RunCases", s.RunCases))
	mount(flowbenchpb.File_flowbench_v1_samples_proto, "SampleService",
		rest.Unary("ListSamples", s.ListSamples), rest.Unary("SetSample", s.SetSample), rest.Unary("DeleteSample", s.DeleteSample))
	mount(flowbenchpb.File_flowbench_v1_settings_proto, "SettingsService",
		rest.Unary("GetSettings", s.GetSettings), rest.Unary("UpdateSettings", s.UpdateSettings))
	mount(flowbenchpb.File_flowbench_v1_events_proto, "EventService",
		rest.Unary("ListEvents", s.ListEvents), rest.Unary("RevertEvent", s.RevertEvent))
	mount(flowbenchpb.File_flowbench_v1_members_proto, "MemberService",
		rest.Unary("ListMembers", s.ListMembers), rest.Unary("SetMember", s.SetMember), rest.Unary("RemoveMember", s.RemoveMember))
	mount(flowbenchpb.File_flowbench_v1_tokens_proto, "TokenService",
		rest.Unary("ListTokens", s.ListTokens), rest.Unary("CreateToken", s.CreateToken), rest.Unary("RevokeToken", s.RevokeToken))
}

// addRPC mounts the services for gRPC and gRPC-Web.
func (s *Server) addRPC(h *Handler, serving func() bool) {
	options := []connect.HandlerOption{connect.WithInterceptors(s.interceptor()), connect.WithReadMaxBytes(rest.MaxMessageBytes)}
	add := func(path string, handler http.Handler) {
		h.rpc[path] = webText(knownMethods(path, handler, connect.NewErrorWriter(options...)))
		h.addPrefix(path)
	}
	add(managementpbconnect.NewManagementServiceHandler(s, options...))
	add(managementpbconnect.NewAdminServiceHandler(s, options...))
	add(fb.NewRunServiceHandler(s, options...))
	add(fb.NewScriptServiceHandler(s, options...))
	add(fb.NewVersionServiceHandler(s, options...))
	add(fb.NewCaseServiceHandler(s, options...))
	add(fb.NewSampleServiceHandler(s, options...))
	add(fb.NewSettingsServiceHandler(s, options...))
	add(fb.NewEventServiceHandler(s, options...))
	add(fb.NewMemberServiceHandler(s, options...))
	add(fb.NewTokenServiceHandler(s, options...))
	h.addInfrastructure(serving)
}

func (h *Handler) addPrefix(prefix string) {
	for _, known := range h.prefixes {
		if known == prefix {
			return
		}
	}
	h.prefixes = append(h.prefixes, prefix)
}
