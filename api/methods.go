package api

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"flowbench/api/flowbenchpb"
	pb "flowbench/api/managementpb"
	"flowbench/api/optionspb"
	"flowbench/auth"
)

// method is what the checks need to know about one rpc; all of it stands in
// the .proto files.
type method struct {
	name       string // as in the service, for example GetAction
	request    string // name of the request message, for validation texts
	permission auth.Permission
	public     bool
}

// descriptors are the files whose services are served.
var descriptors = []protoreflect.FileDescriptor{
	pb.File_zitadel_management_proto,
	pb.File_zitadel_admin_proto,
	pb.File_zitadel_organization_proto,
	flowbenchpb.File_flowbench_v1_runs_proto,
	flowbenchpb.File_flowbench_v1_scripts_proto,
	flowbenchpb.File_flowbench_v1_versions_proto,
	flowbenchpb.File_flowbench_v1_cases_proto,
	flowbenchpb.File_flowbench_v1_samples_proto,
	flowbenchpb.File_flowbench_v1_settings_proto,
	flowbenchpb.File_flowbench_v1_events_proto,
	flowbenchpb.File_flowbench_v1_members_proto,
	flowbenchpb.File_flowbench_v1_tokens_proto,
}

// methods maps procedures, for example
// /zitadel.management.v1.ManagementService/GetAction.
var methods = readMethods()

func readMethods() map[string]method {
	table := map[string]method{}
	for _, file := range descriptors {
		for i := range file.Services().Len() {
			service := file.Services().Get(i)
			for j := range service.Methods().Len() {
				rpc := service.Methods().Get(j)
				permission, _ := proto.GetExtension(rpc.Options(), optionspb.E_Permission).(string)
				public, _ := proto.GetExtension(rpc.Options(), optionspb.E_Public).(bool)
				table["/"+string(service.FullName())+"/"+string(rpc.Name())] = method{
					name: string(rpc.Name()), request: string(rpc.Input().Name()),
					permission: auth.Permission(permission), public: public,
				}
			}
		}
	}
	return table
}

// prefixOf is what the REST paths of a service begin with.
func prefixOf(service protoreflect.ServiceDescriptor) string {
	prefix, _ := proto.GetExtension(service.Options(), optionspb.E_Prefix).(string)
	return prefix
}
